import { index, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { auditActions } from "../audit-actions.ts";
import { instant } from "./columns.ts";
import { files } from "./files.ts";

/** The state of what was changed, as plain facts. */
export type AuditFacts = Readonly<Record<string, string | number | null>>;

/**
 * Who changed what, when, why and from where. Rows are added with the change itself; the
 * database refuses to change or delete them, whoever asks.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: text("id").primaryKey(),
    at: instant("at").notNull(),
    keyId: text("key_id").notNull(),
    /** The key's name as it was then. */
    keyName: text("key_name").notNull(),
    via: text("via", { enum: ["key", "session"] }).notNull(),
    action: text("action", { enum: auditActions }).notNull(),
    /** The file that was changed, where it is one; what else was changed is named in the facts. */
    fileId: text("file_id").references(() => files.id),
    /** What the caller said of why. */
    reason: text("reason"),
    userAgent: text("user_agent"),
    /** The caller's network address, as a keyed hash: the same address can be told, none can be read. */
    addressHash: text("address_hash"),
    /** Names the request, so that sending it again changes nothing. */
    idempotencyKey: text("idempotency_key"),
    request: jsonb("request").$type<AuditFacts>().notNull(),
    before: jsonb("before").$type<AuditFacts>().notNull(),
    after: jsonb("after").$type<AuditFacts>().notNull(),
  },
  (table) => [
    unique("audit_entries_idempotency").on(table.keyId, table.idempotencyKey),
    index("audit_entries_newest").on(table.at.desc(), table.id.desc()),
    index("audit_entries_key").on(table.keyId, table.at.desc(), table.id.desc()),
    index("audit_entries_action").on(table.action, table.at.desc(), table.id.desc()),
    index("audit_entries_file").on(table.fileId, table.at, table.id),
  ],
);

/**
 * What the entries are about: files, groups, requeues, plans, budgets, prices, people and whatever else their facts
 * name by an id, the provider that they name, and the projects of all these. Written by the database with each entry
 * (trigger `audit_subjects_are_noted`); as little to be changed as the log itself.
 */
export const auditSubjects = pgTable(
  "audit_subjects",
  {
    /** An id, or the name of a provider. */
    subject: text("subject").notNull(),
    at: instant("at").notNull(),
    entryId: text("entry_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.at, table.entryId] })],
);
