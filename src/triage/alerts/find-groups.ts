import { and, asc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureGroupProjects, failureGroups } from "../../db/schema/failures.ts";
import { type AlertRuleRow, type AlertSubject, isUntold, mostAtOnce, tellsSince } from "./alert-subject.ts";

/** Failure groups that there were not before, of which a rule has not told yet. */
export function findNewGroups(db: Db, rule: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  return findGroups(db, rule, {
    holds: and(eq(failureGroups.state, "open"), gt(failureGroups.firstSeenAt, tellsSince(rule, now))),
    subject: sql<string>`${failureGroups.id}`,
    says: "A new failure",
  });
}

/** Failure groups that came back after they were said to be mended, of which a rule has not told yet. */
export function findReturnedGroups(db: Db, rule: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  return findGroups(db, rule, {
    holds: and(eq(failureGroups.state, "regressed"), gt(failureGroups.lastSeenAt, tellsSince(rule, now))),
    // It is told of again when it comes back after another mending.
    subject: sql<string>`concat(${failureGroups.id}, '.', extract(epoch from ${failureGroups.resolvedAt}))`,
    says: "A failure came back",
  });
}

async function findGroups(
  db: Db,
  rule: AlertRuleRow,
  { holds, subject, says }: { holds: SQL | undefined; subject: SQL<string>; says: string },
): Promise<AlertSubject[]> {
  const { id, step, code, message, firstSeenAt, mergedInto } = failureGroups;
  const groups = await db
    .select({ id, step, code, message, subject })
    .from(failureGroups)
    .where(
      and(
        holds,
        isNull(mergedInto),
        isUntold(rule, subject),
        rule.projectId === null
          ? undefined
          : sql`exists (select from ${failureGroupProjects} where ${failureGroupProjects.projectId} = ${rule.projectId}
              and ${failureGroupProjects.groupId} = ${id})`,
      ),
    )
    .orderBy(asc(firstSeenAt), asc(id))
    .limit(mostAtOnce);
  return groups.map((group) => ({
    subject: group.subject,
    text: `${says} in ${group.step} (${group.code}): ${group.message}`,
    path: `/failures/${encodeURIComponent(group.id)}`,
    ends: false,
  }));
}
