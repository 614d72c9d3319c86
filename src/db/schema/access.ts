import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** API keys; only the hash of a key is kept. */
export const apiKeys = pgTable("api_keys", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** The first characters, to tell keys apart in a list. */
  hint: text("hint").notNull(),
  hash: text("hash").notNull().unique(),
  createdAt: instant("created_at").notNull(),
  lastUsedAt: instant("last_used_at"),
  revokedAt: instant("revoked_at"),
});

/** A browser that signed in; only the hash of its cookie is kept. */
export const sessions = pgTable(
  "sessions",
  {
    hash: text("hash").primaryKey(),
    keyId: text("key_id")
      .notNull()
      .references(() => apiKeys.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("sessions_expiry").on(table.expiresAt)],
);

/** One-time sign-in links; only the hash is kept. */
export const signInLinks = pgTable("sign_in_links", {
  hash: text("hash").primaryKey(),
  keyId: text("key_id")
    .notNull()
    .references(() => apiKeys.id),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});

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
