import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { roles } from "../roles.ts";
import { instant } from "./columns.ts";

/** API keys; only the hash of a key is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    /** The first characters, to tell keys apart in a list. */
    hint: text("hint").notNull(),
    hash: text("hash").notNull().unique(),
    role: text("role", { enum: roles }).notNull(),
    createdAt: instant("created_at").notNull(),
    /** Who made it, as they were called then; null for the key of the environment. */
    createdBy: text("created_by"),
    /** From when on it is no longer valid; null: it does not expire. */
    expiresAt: instant("expires_at"),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    check("api_keys_role", sql`${table.role} in ('viewer', 'operator', 'admin')`),
    index("api_keys_newest").on(table.createdAt.desc(), table.id.desc()),
  ],
);

/** Those who sign in. better-auth reads and writes this table, and the three that follow. */
export const people = pgTable(
  "people",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    /** In lower case. */
    email: text("email").notNull().unique(),
    /** Whether an admin vouched for the address, or the identity provider did. */
    emailVerified: boolean("email_verified").notNull(),
    image: text("image"),
    role: text("role", { enum: roles }).notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    check("people_role", sql`${table.role} in ('viewer', 'operator', 'admin')`),
    index("people_newest").on(table.createdAt.desc(), table.id.desc()),
  ],
);

const personId = () =>
  text("person_id")
    .notNull()
    .references((): AnyPgColumn => people.id, { onDelete: "cascade" });

/** A browser that signed in. Its cookie is the token with a signature, which is not kept. */
export const personSessions = pgTable(
  "person_sessions",
  {
    id: text("id").primaryKey(),
    token: text("token").notNull().unique(),
    personId: personId(),
    createdAt: instant("created_at").notNull(),
    /** When this token was made: at the sign-in, or when use extended the session. */
    updatedAt: instant("updated_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    /** The session that has taken its place; this one is good for a moment longer. Both end together. */
    replacedBy: text("replaced_by").references((): AnyPgColumn => personSessions.id, { onDelete: "cascade" }),
  },
  (table) => [
    index("person_sessions_replaced").on(table.replacedBy).where(sql`${table.replacedBy} is not null`),
    index("person_sessions_person").on(table.personId, table.createdAt.desc()),
    index("person_sessions_expiry").on(table.expiresAt),
  ],
);

/** How a person signs in: by a password (its scrypt hash), or by an account at the identity provider. */
export const credentials = pgTable(
  "credentials",
  {
    id: text("id").primaryKey(),
    /** `credential` for a password. */
    providerId: text("provider_id").notNull(),
    /** The person's id for a password, else what the provider calls them. */
    accountId: text("account_id").notNull(),
    personId: personId(),
    password: text("password"),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    unique("credentials_account").on(table.providerId, table.accountId),
    index("credentials_person").on(table.personId),
  ],
);

/** What a sign-in at the identity provider carries from its beginning to its end. */
export const verifications = pgTable(
  "verifications",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    index("verifications_identifier").on(table.identifier),
    index("verifications_expiry").on(table.expiresAt),
  ],
);

/** Links by which somebody becomes a person, once; only the hash of a link's secret is kept. */
export const invitations = pgTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    hash: text("hash").notNull().unique(),
    role: text("role", { enum: roles }).notNull(),
    /** The only address that it is good for; null: any. */
    email: text("email"),
    /** Who made it, as they were called then; null where the deployment's own command did. */
    createdBy: text("created_by"),
    /** Made for a deployment without people, and worth nothing once there is one. */
    firstAdmin: boolean("first_admin").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    check("invitations_role", sql`${table.role} in ('viewer', 'operator', 'admin')`),
    index("invitations_newest").on(table.createdAt.desc(), table.id.desc()),
    index("invitations_expiry").on(table.expiresAt),
  ],
);

/** How often a key did a thing within a window, for rate limits. */
export const rateWindows = pgTable(
  "rate_windows",
  {
    subject: text("subject").notNull(),
    windowStart: instant("window_start").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.windowStart] })],
);
