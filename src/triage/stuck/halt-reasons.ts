import { type SQL, sql } from "drizzle-orm";
import { messageStates } from "../../db/schema/messages.ts";
import { stepDurations } from "../../db/schema/step-durations.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import type { StuckReason } from "../../db/stuck-states.ts";
import { leastStuckMs } from "./stuck-part.ts";

/** Where too few attempts are known, the time limit of an attempt stands in for the p99. */
export const limitMs = sql<number>`greatest(${leastStuckMs}, coalesce(${stepDurations.p99Ms}, ${steps.timeLimitMs}))::integer`;

/** Since when it has not gone on: a running step's own time began with its attempt; before that it may have waited for long. */
export const haltedSince = sql`coalesce(${attempts.startedAt}, ${steps.queuedAt})`;

/** Whether a step has not gone on for longer than steps of its kind do, as SQL. */
export function hasHalted(now: Date): SQL {
  return sql`${haltedSince} < ${now.toISOString()}::timestamptz - ${limitMs} * interval '1 millisecond'`;
}

/** Why a step has halted. */
export type HaltReason = Exclude<StuckReason, "waiting-for-siblings">;

/**
 * When each reason holds, as SQL; of a step that has not gone on exactly one does. Said in the columns of the step as
 * far as can be, so that Postgres knows how many have it, and reads a page in the order of the index.
 */
export function reasonsAt(now: Date) {
  const is = (state: "queued" | "running" | "held") => sql`${steps.state} = ${sql.raw(`'${state}'`)}`;
  // A scalar that ends at the first row: an "exists" may be planned as a scan of the whole log.
  const givenUp = sql`coalesce((select true from ${messageStates} where ${messageStates.stepId} = ${steps.id}
    and ${messageStates.dispatch} = ${steps.dispatch} and ${messageStates.state} = 'FAILED' limit 1), false)`;
  const inBackoff = sql`coalesce(${steps.nextAttemptAt} > ${now.toISOString()}::timestamptz, false)`;
  const slowedDown = sql`coalesce(${steps.errorCode} in ('provider_rate_limited', 'rate_limited'), false)`;
  const broke = sql`${steps.heldReason} = 'budget_exhausted'`;
  const cutOff = sql`${steps.heldReason} = 'breaker_open'`;
  return {
    "running-long": is("running"),
    "held-by-budget": sql`${is("held")} and ${broke}`,
    "held-by-provider": sql`${is("held")} and not ${broke} and not ${cutOff}`,
    "breaker-open": sql`${is("held")} and ${cutOff}`,
    "lost-callback": sql`${is("queued")} and ${givenUp}`,
    "rate-limited": sql`${is("queued")} and ${inBackoff} and ${slowedDown} and not ${givenUp}`,
    backoff: sql`${is("queued")} and ${inBackoff} and not ${slowedDown} and not ${givenUp}`,
    "not-delivered": sql`${is("queued")} and not ${inBackoff} and not ${givenUp}`,
  } satisfies Readonly<Record<HaltReason, SQL>>;
}

type Reasons = ReturnType<typeof reasonsAt>;

/** The reason of a step as SQL. */
export function reasonOf(reasons: Reasons) {
  const cases = Object.entries(reasons).map(([reason, holds]) => sql`when ${holds} then ${reason}`);
  return sql<StuckReason>`case ${sql.join(cases, sql` `)} end`;
}
