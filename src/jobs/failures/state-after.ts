import { type SQL, sql } from "drizzle-orm";
import { failureGroups } from "../../db/schema/failures.ts";

/**
 * What one more failure makes of a group's state, for the update that counts it. Ignored → open, once the time or
 * the count is over. Resolved → regressed, under the deployment that was said to mend it or one under which the group
 * has never failed: workers of an old deployment may still be at work.
 * @param deployment null where no attempt had started
 */
export function stateAfter(deployment: string | null, now: Date): { state: SQL; regressedIn: SQL } {
  const { state, resolvedIn, regressedIn, deployments, failures, ignoredUntil, ignoredToFailures } =
    failureGroups;
  const regresses = sql`(${state} = 'resolved' and (${resolvedIn} is null or ${deployment}::text = ${resolvedIn}
    or not ${deployment}::text = any(${deployments})))`;
  const opens = sql`(${state} = 'ignored' and (${ignoredUntil} <= ${now.toISOString()}::timestamptz
    or ${failures} + 1 >= ${ignoredToFailures}))`;
  return {
    state: sql`case when ${regresses} then 'regressed' when ${opens} then 'open' else ${state} end`,
    regressedIn: sql`case when ${regresses} then ${deployment}::text else ${regressedIn} end`,
  };
}
