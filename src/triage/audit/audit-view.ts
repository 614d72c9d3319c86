import { z } from "zod";
import { auditActions } from "../../db/audit-actions.ts";

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** An entry of the audit log as the API shows it. Times are ISO 8601 in UTC. */
export const auditEntryViewSchema = z.object({
  id: z.string(),
  at: z.string(),
  action: z.enum(auditActions),
  fileId: z.string().nullable(),
  fileName: z.string().nullable(),
  project: z.string().nullable().describe("the slug of the file's project"),
  keyId: z.string(),
  keyName: z.string().describe("the key's name as it was then"),
  via: z.enum(["key", "session"]).describe("whether the key was sent, or a browser had signed in with it"),
  reason: z.string().nullable(),
  userAgent: z.string().nullable(),
  addressHash: z.string().nullable().describe("the caller's address, as a keyed hash"),
  request: facts,
  before: facts,
  after: facts,
});

export type AuditEntryView = z.infer<typeof auditEntryViewSchema>;

/** Somebody who has an entry in the audit log. */
export const auditActorSchema = z.object({
  id: z.string(),
  name: z.string().describe("as they were called in their newest entry"),
  lastAt: z.string(),
});

/** What in the database keeps the audit log as it is. */
export const auditRuleSchema = z.object({
  table: z.string(),
  trigger: z.string(),
  refuses: z.array(z.string()),
  enforced: z.boolean().describe("whether the trigger is there and at work"),
});

export type AuditRule = z.infer<typeof auditRuleSchema>;
