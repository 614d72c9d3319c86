import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { breakerCauses, breakerProviders, breakerStates } from "../breaker-states.ts";
import { instant } from "./columns.ts";
import { steps } from "./steps.ts";

const provider = () => text("provider", { enum: breakerProviders });

/** One row a provider: only src/jobs/breaker/breaker-transitions.ts changes its state. */
export const breakers = pgTable(
  "breakers",
  {
    provider: provider().primaryKey(),
    state: text("state", { enum: breakerStates }).notNull(),
    /** True when a person opened it: then it stays open until a person closes it. */
    byHand: boolean("by_hand").notNull().default(false),
    since: instant("since").notNull(),
    /** Why it is open, in a sentence. */
    reason: text("reason"),
    /** How long the present cool-down is, in ms; 0 while it is closed. */
    coolDownMs: integer("cool_down_ms").notNull().default(0),
    /** From when on a step may try, while it is open by itself. */
    probeAt: instant("probe_at"),
    /** The step that tries, and until when it is waited for. */
    probeStepId: text("probe_step_id"),
    probeUntil: instant("probe_until"),
    /** True while steps go on that it had held: each that succeeds lets further ones go. */
    draining: boolean("draining").notNull().default(false),
  },
  (table) => [
    check("breakers_state", sql`${table.state} in ('closed', 'open', 'half-open')`),
    check(
      "breakers_probe_at",
      sql`(${table.state} = 'open' and not ${table.byHand}) = (${table.probeAt} is not null)`,
    ),
    check(
      "breakers_probe",
      sql`(${table.state} = 'half-open') = (${table.probeStepId} is not null)
        and (${table.state} = 'half-open') = (${table.probeUntil} is not null)`,
    ),
  ],
);

/**
 * How the calls of providers ended, one row a call, for as long as it tells something of the present. Rows are only
 * added, so that workers who commit at once never wait for each other.
 */
export const providerOutcomes = pgTable(
  "provider_outcomes",
  {
    provider: provider().notNull(),
    at: instant("at").notNull(),
    attemptId: text("attempt_id").notNull(),
    /** Which call of the attempt, from 0. */
    call: integer("call").notNull(),
    /** Whether the provider was ill: it failed, or did not answer. */
    ill: boolean("ill").notNull(),
    latencyMs: integer("latency_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.at, table.attemptId, table.call] }),
    index("provider_outcomes_old").on(table.at),
  ],
);

/** A step that waits for a provider's breaker, and how that ended. */
export const breakerHolds = pgTable(
  "breaker_holds",
  {
    id: text("id").primaryKey(),
    stepId: text("step_id")
      .notNull()
      .references(() => steps.id),
    runId: text("run_id").notNull(),
    provider: provider().notNull(),
    /** Since when the document is under way: the oldest goes on first. */
    rank: instant("rank").notNull(),
    /** Since when the step had waited for the delivery that found the breaker open; null after an attempt. */
    queuedSince: instant("queued_since"),
    since: instant("since").notNull(),
    until: instant("until"),
    /** `closed`: the breaker had closed; `probe`: it was let go to try; `run`: its run ended meanwhile. */
    endedBy: text("ended_by", { enum: ["closed", "probe", "run"] }),
  },
  (table) => [
    uniqueIndex("breaker_holds_open_step").on(table.stepId).where(sql`${table.until} is null`),
    index("breaker_holds_open").on(table.provider, table.rank, table.id).where(sql`${table.until} is null`),
    index("breaker_holds_run").on(table.runId),
    check("breaker_holds_end", sql`(${table.until} is null) = (${table.endedBy} is null)`),
  ],
);

/** Every change of a breaker's state. The database refuses to change or delete them, whoever asks. */
export const providerChanges = pgTable(
  "provider_changes",
  {
    id: text("id").primaryKey(),
    at: instant("at").notNull(),
    provider: provider().notNull(),
    fromState: text("from_state", { enum: breakerStates }).notNull(),
    toState: text("to_state", { enum: breakerStates }).notNull(),
    cause: text("cause", { enum: breakerCauses }).notNull(),
    /** The key's name of who did it; null where nobody did. */
    keyName: text("key_name"),
    /** What was said of why, or by which figures. */
    reason: text("reason"),
    /** The step that tries, or tried. */
    stepId: text("step_id"),
  },
  (table) => [
    index("provider_changes_newest").on(table.at.desc(), table.id.desc()),
    index("provider_changes_provider").on(table.provider, table.at.desc(), table.id.desc()),
  ],
);
