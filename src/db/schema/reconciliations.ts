import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import {
  type FindingClass,
  findingClasses,
  findingOutcomes,
  reconciliationStages,
} from "../reconciliation-states.ts";
import { instant } from "./columns.ts";

/** How many of each class; a class that is left out has none. */
export type FindingCounts = Readonly<Partial<Record<FindingClass, number>>>;

/** What a finding is about, as plain facts; what a repair needs is in it. */
export type FindingFacts = Readonly<Record<string, string | number | null>>;

/** Each time that QStash, Postgres and the vector index were held against each other. */
export const reconciliations = pgTable(
  "reconciliations",
  {
    id: text("id").primaryKey(),
    stage: text("stage", { enum: reconciliationStages }).notNull(),
    /** Where the stage goes on: a list's own cursor; null at its beginning. */
    position: text("position"),
    /** Goes up with every page: who worked on the same page at the same time writes nothing. */
    page: integer("page").notNull().default(0),
    /** Goes up with every message that is sent for it. */
    turn: integer("turn").notNull().default(1),
    /** Who asked for it; null: the schedule. */
    keyId: text("key_id"),
    deadLetters: integer("dead_letters").notNull().default(0),
    queuedSteps: integer("queued_steps").notNull().default(0),
    doneFiles: integer("done_files").notNull().default(0),
    vectors: integer("vectors").notNull().default(0),
    /** All that were found, those beyond the most that are kept among them. */
    found: jsonb("found").$type<FindingCounts>().notNull().default({}),
    startedAt: instant("started_at").notNull(),
    heartbeatAt: instant("heartbeat_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    uniqueIndex("reconciliations_one_at_once").on(sql`(true)`).where(sql`${table.finishedAt} is null`),
    index("reconciliations_newest").on(table.startedAt.desc(), table.id.desc()),
  ],
);

/** A disagreement that was found. The id is derived from what it is about, so that a replay adds nothing. */
export const reconciliationFindings = pgTable(
  "reconciliation_findings",
  {
    id: text("id").primaryKey(),
    reconciliationId: text("reconciliation_id")
      .notNull()
      .references(() => reconciliations.id),
    class: text("class", { enum: findingClasses }).notNull(),
    /** The id of the dead letter, step, file or vector. */
    subject: text("subject").notNull(),
    fileId: text("file_id"),
    facts: jsonb("facts").$type<FindingFacts>().notNull(),
    foundAt: instant("found_at").notNull(),
    repairedAt: instant("repaired_at"),
    outcome: text("outcome", { enum: findingOutcomes }),
  },
  (table) => [
    index("reconciliation_findings_list").on(table.reconciliationId, table.class, table.id),
    index("reconciliation_findings_open")
      .on(table.reconciliationId, table.class, table.id)
      .where(sql`${table.repairedAt} is null`),
  ],
);
