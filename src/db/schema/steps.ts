import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, nanoUsd, quantity } from "./columns.ts";
import { runs } from "./runs.ts";

/** Units of a meter that an attempt of a step will buy, at most. */
export interface StepEstimate {
  readonly meter: string;
  readonly provider: string;
  readonly model: string;
  readonly quantity: number;
}

/** A step instance: one step of the graph, one shard. Only src/jobs/transitions.ts changes its state. */
export const steps = pgTable(
  "steps",
  {
    id: text("id").primaryKey(),
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    name: text("name").notNull(),
    shard: integer("shard").notNull(),
    state: text("state", {
      enum: ["waiting", "queued", "running", "succeeded", "failed", "held", "cancelled"],
    }).notNull(),
    input: jsonb("input").$type<unknown>().notNull(),
    result: jsonb("result").$type<unknown>(),
    /** What one attempt will buy of providers, known since the step was planned. */
    estimate: jsonb("estimate").$type<readonly StepEstimate[]>().notNull().default([]),
    /** For how long an attempt must be able to work, in ms, as one before it had to stop for want of money. */
    leastWorkMs: integer("least_work_ms").notNull().default(0),
    /** The round of the run in which the step was made ready last. */
    round: integer("round").notNull().default(1),
    /** True when a step is done again that plans this one: it counts for nothing until it is planned anew. */
    retired: boolean("retired").notNull().default(false),
    /** The flow-control key of the step's messages: what limits how many run at once. */
    flowKey: text("flow_key").notNull(),
    /** Goes up with every message that is sent for the step; part of the deduplication id. */
    dispatch: integer("dispatch").notNull().default(0),
    /** Attempts of the present round. */
    attemptCount: integer("attempt_count").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull(),
    timeLimitMs: integer("time_limit_ms").notNull(),
    /** The fencing token: a worker that holds an older one may not commit. */
    fence: integer("fence").notNull().default(0),
    leaseExpiresAt: instant("lease_expires_at"),
    /** When a delivery should have come at the latest; later the reconciler looks after it. */
    expectedBy: instant("expected_by"),
    /** When the next attempt is due, for a step in backoff. */
    nextAttemptAt: instant("next_attempt_at"),
    heldReason: text("held_reason"),
    heldUntil: instant("held_until"),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    dlqId: text("dlq_id"),
    costNanoUsd: nanoUsd("cost_nano_usd").notNull().default(sql`0`),
    /** Since when it waits in its present state (queued, in backoff or held). */
    queuedAt: instant("queued_at"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    unique("steps_run_name_shard").on(table.runId, table.name, table.shard),
    index("steps_leased").on(table.leaseExpiresAt).where(sql`${table.state} = 'running'`),
    index("steps_expected").on(table.expectedBy).where(sql`${table.state} = 'queued'`),
    // What is delivered later, the next one first (triage/queue).
    index("steps_delayed")
      .on(table.nextAttemptAt, table.id)
      .where(sql`${table.state} = 'queued' and ${table.nextAttemptAt} is not null`),
    index("steps_held").on(table.heldUntil).where(sql`${table.state} = 'held'`),
    // What has not gone on for long, the first queued first (triage/stuck).
    index("steps_unfinished")
      .on(table.queuedAt, table.id)
      .where(sql`${table.state} in ('queued', 'running', 'held')`),
    check(
      "steps_state",
      sql`${table.state} in ('waiting', 'queued', 'running', 'succeeded', 'failed', 'held', 'cancelled')`,
    ),
    check(
      "steps_lease_while_running",
      sql`(${table.state} = 'running') = (${table.leaseExpiresAt} is not null)`,
    ),
    check("steps_held_with_reason", sql`(${table.state} = 'held') = (${table.heldReason} is not null)`),
    check("steps_attempts_capped", sql`${table.attemptCount} <= ${table.maxAttempts}`),
  ],
);

/** Each delivery of a step that really started. */
export const attempts = pgTable(
  "attempts",
  {
    id: text("id").primaryKey(),
    stepId: text("step_id")
      .notNull()
      .references(() => steps.id),
    runId: text("run_id").notNull(),
    /** The running number of the attempt of its step, over all rounds. */
    number: integer("number").notNull(),
    round: integer("round").notNull().default(1),
    fence: integer("fence").notNull(),
    spanId: text("span_id").notNull(),
    messageId: text("message_id").notNull(),
    /** QStash's own count of retries of that message, from 0. */
    retried: integer("retried").notNull(),
    deployment: text("deployment").notNull(),
    outcome: text("outcome", { enum: ["running", "succeeded", "retry", "failed", "held", "lost"] }).notNull(),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    /** Which kind of failure it was: the same for all that failed in the same way. */
    errorFingerprint: text("error_fingerprint"),
    costNanoUsd: nanoUsd("cost_nano_usd").notNull().default(sql`0`),
    workMs: quantity("work_ms"),
    /** Since when the step had waited for this attempt, and for what: all waits are known without any span. */
    waitedSince: instant("waited_since"),
    waitedFor: text("waited_for", { enum: ["queue", "backoff", "flow-control"] }),
    /** When the next attempt is due, where this one is to be tried again. */
    retryAt: instant("retry_at"),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    unique("attempts_step_number").on(table.stepId, table.number),
    index("attempts_run").on(table.runId, table.startedAt),
    index("attempts_message").on(table.messageId),
    index("attempts_span").on(table.spanId),
    // How long steps take, told from the newest attempts (jobs/measure-durations.ts).
    index("attempts_succeeded").on(table.finishedAt.desc()).where(sql`${table.outcome} = 'succeeded'`),
    // What failed in a span of time, and of which kind it was (dashboards/failures.ts).
    index("attempts_faults")
      .on(table.finishedAt, table.errorCode)
      .where(sql`${table.outcome} in ('retry', 'failed', 'lost')`),
    check(
      "attempts_outcome",
      sql`${table.outcome} in ('running', 'succeeded', 'retry', 'failed', 'held', 'lost')`,
    ),
  ],
);
