import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { exclusions, requeueStates, storedOutcomes } from "../requeue-states.ts";
import { instant, nanoUsd } from "./columns.ts";

/** How many files of a kind, and why: a plan's exclusions, or what was skipped. */
export interface FilesByReason {
  readonly reason: (typeof exclusions)[number];
  readonly files: number;
}

/** What a plan said when it was made; the view schema is in triage/plans/plan-view.ts. */
export interface PlanFacts {
  readonly excluded: readonly FilesByReason[];
  readonly stages: readonly {
    readonly step: string;
    readonly runs: number;
    readonly reused: number;
    /** Not said by plans that were made before it was counted, like `unknown`. */
    readonly ahead?: number;
  }[];
  readonly unknown?: readonly string[];
  readonly budgets: readonly {
    readonly budgetId: string;
    readonly label: string;
    readonly freeNanoUsd: string;
    readonly leftLowNanoUsd: string;
    readonly leftHighNanoUsd: string;
    readonly held: number;
  }[];
  readonly held: number;
}

/** A frozen plan of a requeue. Rows are added, never changed. */
export const requeuePlans = pgTable("requeue_plans", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  createdAt: instant("created_at").notNull(),
  keyId: text("key_id").notNull(),
  keyName: text("key_name").notNull(),
  /** What it was asked for, as triage/plans/plan-view.ts has it. */
  request: jsonb("request").$type<unknown>().notNull(),
  selected: integer("selected").notNull(),
  included: integer("included").notNull(),
  facts: jsonb("facts").$type<PlanFacts>().notNull(),
  lowNanoUsd: nanoUsd("low_nano_usd").notNull(),
  highNanoUsd: nanoUsd("high_nano_usd").notNull(),
});

/** A file of a plan, as it was when the plan was made. */
export const requeuePlanFiles = pgTable(
  "requeue_plan_files",
  {
    planId: text("plan_id")
      .notNull()
      .references(() => requeuePlans.id),
    /** From 1, in the order in which they are to go. */
    place: integer("place").notNull(),
    /** No reference: a plan may name a file that does not exist. */
    fileId: text("file_id").notNull(),
    /** Its newest run, and that one's round; null where there is no such file. */
    runId: text("run_id"),
    round: integer("round"),
    excluded: text("excluded", { enum: exclusions }),
    lowNanoUsd: nanoUsd("low_nano_usd").notNull(),
    highNanoUsd: nanoUsd("high_nano_usd").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.place] }),
    unique("requeue_plan_files_file").on(table.planId, table.fileId),
  ],
);

/** What a requeue came to, kept once it is proved; the view schema is in triage/requeues/requeue-view.ts. */
export interface RequeueProof {
  readonly vectorsBefore: number | null;
  readonly vectorsAfter: number;
  readonly missing: number;
  readonly orphans: number;
  readonly duplicates: number;
}

/** The outcomes of a requeue that is proved; `cost` is nano-USD. */
export interface RequeueFinal {
  readonly counts: Readonly<Partial<Record<(typeof storedOutcomes)[number], number>>>;
  readonly cost: string;
}

/**
 * A plan that is carried out, turn by turn. Whoever changes it, or sends files of it, locks its row first, before
 * those of runs; what ends a run writes its outcome without that lock.
 */
export const requeues = pgTable(
  "requeues",
  {
    id: text("id").primaryKey(),
    planId: text("plan_id")
      .notNull()
      .unique()
      .references(() => requeuePlans.id),
    state: text("state", { enum: requeueStates }).notNull(),
    /** The state that it goes back to when it is resumed. */
    pausedFrom: text("paused_from", { enum: requeueStates }),
    keyId: text("key_id").notNull(),
    keyName: text("key_name").notNull(),
    reason: text("reason"),
    createdAt: instant("created_at").notNull(),
    startsAt: instant("starts_at").notNull(),
    finishedAt: instant("finished_at"),
    stoppedBecause: text("stopped_because"),
    total: integer("total").notNull(),
    /** The number of the turn that comes next: part of its message's deduplication id. */
    turn: integer("turn").notNull().default(1),
    /** When that turn is due; null while it waits for runs or a person, and once there is no more to do. */
    dueAt: instant("due_at"),
    /** How many turns in a row found that runs are still under way. */
    waits: integer("waits").notNull().default(0),
    /** The place up to which the index has been held against the files, and what was found so far. */
    provedTo: integer("proved_to").notNull().default(0),
    proof: jsonb("proof").$type<RequeueProof>(),
    provedAt: instant("proved_at"),
    /** What became of how many files, and what they cost, once it is proved: then nothing is counted any more. */
    final: jsonb("final").$type<RequeueFinal>(),
  },
  (table) => [
    index("requeues_newest").on(table.createdAt.desc(), table.id.desc()),
    // Of which an address is told (triage/alerts).
    index("requeues_stopped").on(table.finishedAt).where(sql`${table.state} = 'stopped'`),
    index("requeues_unproved").on(table.id).where(sql`${table.provedAt} is null`),
  ],
);

/** A file of a requeue, and what became of it. */
export const requeueFiles = pgTable(
  "requeue_files",
  {
    requeueId: text("requeue_id")
      .notNull()
      .references(() => requeues.id),
    /** The plan's place. */
    place: integer("place").notNull(),
    fileId: text("file_id").notNull(),
    /** The run and round that the plan has seen. */
    plannedRunId: text("planned_run_id").notNull(),
    plannedRound: integer("planned_round").notNull(),
    canary: boolean("canary").notNull(),
    outcome: text("outcome", { enum: storedOutcomes }).notNull(),
    /** Null for one that was skipped as the requeue ended before it. */
    skipped: text("skipped", { enum: exclusions }),
    /** The run and round in which it was done again. */
    runId: text("run_id"),
    round: integer("round"),
    /** What the file had cost before. */
    costBeforeNanoUsd: nanoUsd("cost_before_nano_usd"),
    /** How many vectors of it the index had before; null when the index did not say. */
    vectorsBefore: integer("vectors_before"),
    sentAt: instant("sent_at"),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    primaryKey({ columns: [table.requeueId, table.place] }),
    index("requeue_files_outcome").on(table.requeueId, table.outcome, table.place),
    index("requeue_files_run").on(table.runId, table.round),
    index("requeue_files_open").on(table.fileId).where(sql`${table.outcome} in ('pending', 'sent')`),
  ],
);
