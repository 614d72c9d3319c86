import { and, gte, inArray } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureGroupHours, type failureGroups } from "../../db/schema/failures.ts";
import { namesOf } from "../people/names-of.ts";
import type { FailureSummary } from "./failure-view.ts";

const hourMs = 3_600_000;
const hoursShown = 24;

type Group = typeof failureGroups.$inferSelect;

/** Groups as a list shows them, in the order in which they are given. */
export async function summarise(db: Db, groups: readonly Group[], now: Date): Promise<FailureSummary[]> {
  if (groups.length === 0) return [];
  const ids = groups.map(({ id }) => id);
  const newest = Math.floor(now.getTime() / hourMs) * hourMs;
  const oldest = new Date(newest - (hoursShown - 1) * hourMs);
  const counted = await db
    .select()
    .from(failureGroupHours)
    .where(and(inArray(failureGroupHours.groupId, ids), gte(failureGroupHours.hour, oldest)));
  const assignees = groups.flatMap(({ assigneeKeyId }) => assigneeKeyId ?? []);
  const names = await namesOf(db, assignees);
  return groups.map((group) => {
    const hours = Array.from({ length: hoursShown }, () => 0);
    for (const { groupId, hour, failures } of counted) {
      const place = (hour.getTime() - oldest.getTime()) / hourMs;
      if (groupId === group.id && place < hoursShown) hours[place] = failures;
    }
    const keyId = group.assigneeKeyId;
    return {
      id: group.id,
      state: group.state,
      step: group.step,
      code: group.code,
      message: group.message,
      provider: group.provider,
      status: group.status,
      failures: group.failures,
      files: group.files,
      standing: group.standing,
      attempts: group.attempts,
      wastedNanoUsd: group.wastedNanoUsd.toString(),
      firstSeenAt: group.firstSeenAt.toISOString(),
      lastSeenAt: group.lastSeenAt.toISOString(),
      hours,
      graphVersions: group.graphVersions,
      deployments: group.deployments,
      assignee: keyId === null ? null : { keyId, name: names.get(keyId) ?? keyId },
      ignored: ignoredOf(group),
      resolvedIn: group.resolvedIn,
      regressedIn: group.regressedIn,
    };
  });
}

function ignoredOf(group: Group): FailureSummary["ignored"] {
  if (group.state !== "ignored") return null;
  const { ignoredUntil, ignoredToFailures, failures } = group;
  return {
    until: ignoredUntil?.toISOString() ?? null,
    untilFailures: ignoredToFailures === null ? null : Math.max(0, ignoredToFailures - failures),
  };
}
