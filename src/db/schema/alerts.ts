import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { alertKinds } from "../alert-kinds.ts";
import { instant } from "./columns.ts";
import { projects } from "./projects.ts";

/** Of what admins want to be told, and where. Budgets' thresholds are told of beside these (`budget_alerts`). */
export const alertRules = pgTable(
  "alert_rules",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    kind: text("kind", { enum: alertKinds }).notNull(),
    /** For how long it must have been so; null where the kind knows no such time. */
    minutes: integer("minutes"),
    /** How many files may stand failed by a group before it is told; null where the kind counts none. */
    standing: integer("standing"),
    /** The only project that it looks at; null: all. */
    projectId: text("project_id").references(() => projects.id),
    /** Gets a POST for each alert. May hold a secret in its path. */
    url: text("url").notNull(),
    paused: boolean("paused").notNull().default(false),
    /** What happened before is not told: when it was made, or resumed. */
    since: instant("since").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Who made it, as they were called then. */
    createdBy: text("created_by").notNull(),
    /** A rule that was taken away stays, as what it sent is counted by its address. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    check(
      "alert_rules_kind",
      sql`${table.kind} in ('new-failure', 'returned-failure', 'stuck', 'breaker', 'backlog', 'stopped-requeue', 'large-failure')`,
    ),
    check(
      "alert_rules_minutes",
      sql`(${table.kind} in ('stuck', 'backlog')) = (${table.minutes} is not null)`,
    ),
    check(
      "alert_rules_standing",
      sql`(${table.kind} in ('large-failure')) = (${table.standing} is not null)`,
    ),
  ],
);

/** What a rule has told, or is about to tell: once for a subject, or once until it has been well for a while. */
export const alerts = pgTable(
  "alerts",
  {
    id: text("id").primaryKey(),
    ruleId: text("rule_id")
      .notNull()
      .references(() => alertRules.id),
    /** What it is about: the same subject is not told of twice while its alert is open. */
    subject: text("subject").notNull(),
    /** One sentence. */
    text: text("text").notNull(),
    /** The page of the console that shows it. */
    path: text("path").notNull(),
    at: instant("at").notNull(),
    /** When it was so last; null of what does not end. */
    seenAt: instant("seen_at"),
    endedAt: instant("ended_at"),
    /** When QStash took it. */
    sentAt: instant("sent_at"),
    /** Where it was sent. */
    sentTo: text("sent_to"),
    /** Why QStash refused it for good. */
    refusedAt: instant("refused_at"),
  },
  (table) => [
    uniqueIndex("alerts_open").on(table.ruleId, table.subject).where(sql`${table.endedAt} is null`),
    index("alerts_newest").on(table.ruleId, table.at.desc(), table.id.desc()),
    index("alerts_unsent").on(table.at).where(sql`${table.sentAt} is null and ${table.refusedAt} is null`),
    index("alerts_sent").on(table.sentAt).where(sql`${table.sentAt} is not null`),
  ],
);
