import { and, asc, eq, gte } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { failureFingerprints, failureGroupHours, type failureGroups } from "../../db/schema/failures.ts";
import type { Clock } from "../../kernel/clock.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { changesAround } from "./changes-around.ts";
import type { FailureView } from "./failure-view.ts";
import { findFailure } from "./find-failure.ts";
import { summarise } from "./summarise.ts";

const weekMs = 7 * 24 * 3_600_000;

/**
 * A failure group with its week by the hour (hours without a failure are left out), its fingerprints, and what
 * was changed around its first failure.
 * @throws WaybillError failure_not_found
 */
export async function getFailure(
  { db, clock }: Pick<DbContext, "db"> & { readonly clock: Clock },
  id: string,
): Promise<FailureView> {
  const group = await findFailure(db, id);
  const now = clock.now();
  const [summary] = await summarise(db, [group], now);
  if (summary === undefined) throw new WaybillError("failure_not_found", { details: { id } });
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
  const changes = await changesAround(db, group.firstSeenAt);
  const days = hours.map(toDay);
  return { ...summary, ...stateOf(group), changes, fingerprints, days };
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
