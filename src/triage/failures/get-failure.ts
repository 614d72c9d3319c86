import { and, asc, eq, gte } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import {
  failureFingerprints,
  failureGroupHours,
  type failureGroups,
  failureSplits,
} from "../../db/schema/failures.ts";
import type { Clock } from "../../kernel/clock.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { changesAround } from "./changes-around.ts";
import type { FailureView } from "./failure-view.ts";
import { findFailure } from "./find-failure.ts";
import { summarise } from "./summarise.ts";

type Group = typeof failureGroups.$inferSelect;

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
  const { version, fingerprint, message } = failureFingerprints;
  const fingerprints = await db
    .select({ version, fingerprint, message })
    .from(failureFingerprints)
    .where(eq(failureFingerprints.groupId, id));
  const changes = await changesAround(db, group.firstSeenAt);
  const days = hours.map(toDay);
  const splits = await db
    .selectDistinct({ contains: failureSplits.contains })
    .from(failureSplits)
    .where(eq(failureSplits.groupId, id));
  const splitOffBy = splits.map(({ contains }) => contains);
  const mergedInto = await readMergedInto(db, group);
  return { ...summary, changes, fingerprints, splitOffBy, mergedInto, days };
}

async function readMergedInto(db: Db, group: Group): Promise<FailureView["mergedInto"]> {
  if (group.mergedInto === null || group.mergedAt === null) return null;
  const { id, message } = await findFailure(db, group.mergedInto);
  return { id, message, at: group.mergedAt.toISOString() };
}

function toDay({ hour, failures }: { hour: Date; failures: number }) {
  return { at: hour.toISOString(), failures };
}
