import { z } from "zod";
import { roles } from "../../db/roles.ts";

/** Somebody who signs in. Times are ISO 8601 in UTC. */
export const personViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  createdAt: z.string(),
  lastSeenAt: z.string().nullable().describe("when a session of theirs was opened or extended last"),
});

export type PersonView = z.infer<typeof personViewSchema>;

/** An invitation that is open. Its link is shown once, when it is made. */
export const invitationViewSchema = z.object({
  id: z.string(),
  role: z.enum(roles),
  email: z.string().nullable().describe("the only address that it is good for; null: any"),
  createdBy: z.string().nullable().describe("null: the deployment's own command"),
  createdAt: z.string(),
  expiresAt: z.string(),
});

export type InvitationView = z.infer<typeof invitationViewSchema>;

/** An API key; the key itself is shown once, when it is made. */
export const keyViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string().describe("its first characters"),
  role: z.enum(roles),
  createdBy: z.string().nullable().describe("null: the deployment's environment"),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable().describe("to the minute"),
  revokedAt: z.string().nullable(),
});

export type KeyView = z.infer<typeof keyViewSchema>;

/** A browser in which a person is signed in. */
export const sessionViewSchema = z.object({
  id: z.string(),
  userAgent: z.string().nullable(),
  createdAt: z.string(),
  extendedAt: z.string(),
  expiresAt: z.string(),
  current: z.boolean().describe("whether it is the one that asks"),
});

export type SessionView = z.infer<typeof sessionViewSchema>;
