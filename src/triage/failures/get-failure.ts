import { and, asc, eq, gte } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { failureFingerprints, failureGroupHours, failureGroups } from "../../db/schema/failures.ts";
import type { Clock } from "../../kernel/clock.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { changesAround } from "./changes-around.ts";
import { compareGroup } from "./compare-group.ts";
import type { FailureView } from "./failure-view.ts";
import { summarise } from "./summarise.ts";

const weekMs = 7 * 24 * 3_600_000;

/**
 * A failure group with its week by the hour (hours without a failure are left out), its fingerprints, what its files
 * have in common and what was changed around its first failure.
 * @throws WaybillError failure_not_found
 */
export async function getFailure(
  { db, clock }: Pick<DbContext, "db"> & { readonly clock: Clock },
  id: string,
): Promise<FailureView> {
  const [group] = await db.select().from(failureGroups).where(eq(failureGroups.id, id));
  const now = clock.now();
  const [summary] = group === undefined ? [] : await summarise(db, [group], now);
  if (group === undefined || summary === undefined)
    throw new WaybillError("failure_not_found", { details: { id } });
  const since = new Date(now.getTime() - weekMs);
  const hours = await db
    .select()
    .from(failureGroupHours)
    .where(and(eq(failureGroupHours.groupId, id), gte(failureGroupHours.hour, since)))
    .orderBy(asc(failureGroupHours.hour));
  const fingerprints = await db
    .select({ fingerprint: failureFingerprints.fingerprint, message: failureFingerprints.message })
    .from(failureFingerprints)
    .where(eq(failureFingerprints.groupId, id));
  const compared = await compareGroup(db, id);
  const changes = await changesAround(db, group.firstSeenAt);
  const days = hours.map(toDay);
  return { ...summary, ...stateOf(group), ...compared, changes, fingerprints, days };
}

function stateOf(group: typeof failureGroups.$inferSelect) {
  const { state, resolvedIn, regressedIn } = group;
  const untilFailures =
    group.ignoredToFailures === null ? null : Math.max(0, group.ignoredToFailures - group.failures);
  const until = group.ignoredUntil?.toISOString() ?? null;
  return { ignored: state === "ignored" ? { until, untilFailures } : null, resolvedIn, regressedIn };
}

function toDay({ hour, failures }: { hour: Date; failures: number }) {
  return { at: hour.toISOString(), failures };
}
