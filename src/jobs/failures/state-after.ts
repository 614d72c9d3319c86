import { type SQL, sql } from "drizzle-orm";
import { deployments } from "../../db/schema/deployments.ts";
import { failureGroups } from "../../db/schema/failures.ts";

/** Under what a failure happened. */
export interface FailedUnder {
  /** Of the step's last attempt; where none had started, the one that files the failure. */
  readonly deployment: string;
  /** When that attempt began; null where none had started. */
  readonly startedAt: Date | null;
}

/**
 * What one more failure makes of a group's state, for the update that counts it. Ignored → open, once the time or
 * the count is over. Resolved → regressed, under the deployment that claims the mending or one that was at work later:
 * workers of older deployments may still be at work, and an attempt may have begun before the mending; they say nothing
 * of it.
 */
export function stateAfter(
  { deployment, startedAt }: FailedUnder,
  now: Date,
): { state: SQL; regressedIn: SQL } {
  const { state, resolvedIn, resolvedAt, regressedIn, failures, ignoredUntil, ignoredToFailures } =
    failureGroups;
  // One that has not been noted has claimed no step yet: it is the newest.
  const isLater = sql`exists (
    select from ${deployments} mended where mended.id = ${resolvedIn} and mended.first_seen_at <
      coalesce((select first_seen_at from ${deployments} failed where failed.id = ${deployment}::text), 'infinity'))`;
  const isBefore = sql`coalesce(${startedAt?.toISOString() ?? null}::timestamptz < ${resolvedAt}, false)`;
  // Groups that were resolved before a deployment had to claim it have none: any further failure brings them back.
  const regresses = sql`(${state} = 'resolved' and not ${isBefore}
    and (${resolvedIn} is null or ${deployment}::text = ${resolvedIn} or ${isLater}))`;
  const opens = sql`(${state} = 'ignored' and (${ignoredUntil} <= ${now.toISOString()}::timestamptz
    or ${failures} + 1 >= ${ignoredToFailures}))`;
  return {
    state: sql`case when ${regresses} then 'regressed' when ${opens} then 'open' else ${state} end`,
    regressedIn: sql`case when ${regresses} then ${deployment}::text else ${regressedIn} end`,
  };
}
