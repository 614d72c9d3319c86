import { type SQL, sql } from "drizzle-orm";
import { deployments } from "../../db/schema/deployments.ts";
import { failureGroups } from "../../db/schema/failures.ts";

/**
 * What one more failure makes of a group's state, for the update that counts it. Ignored → open, once the time or
 * the count is over. Resolved → regressed, under the deployment that was said to mend it or one that was at work later:
 * workers of older deployments may still be at work, and say nothing of the mending.
 * @param deployment null where no attempt had started
 */
export function stateAfter(deployment: string | null, now: Date): { state: SQL; regressedIn: SQL } {
  const { state, resolvedIn, regressedIn, failures, ignoredUntil, ignoredToFailures } = failureGroups;
  const isLater = sql`exists (
    select from ${deployments} failed join ${deployments} mended on mended.id = ${resolvedIn}
    where failed.id = ${deployment}::text and failed.first_seen_at > mended.first_seen_at)`;
  const regresses = sql`(${state} = 'resolved'
    and (${resolvedIn} is null or ${deployment}::text = ${resolvedIn} or ${isLater}))`;
  const opens = sql`(${state} = 'ignored' and (${ignoredUntil} <= ${now.toISOString()}::timestamptz
    or ${failures} + 1 >= ${ignoredToFailures}))`;
  return {
    state: sql`case when ${regresses} then 'regressed' when ${opens} then 'open' else ${state} end`,
    regressedIn: sql`case when ${regresses} then ${deployment}::text else ${regressedIn} end`,
  };
}
