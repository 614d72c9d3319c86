import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { alerts } from "../../db/schema/alerts.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { filesText } from "../files-text.ts";
import { type AlertRuleRow, type AlertSubject, isUntold, mostAtOnce } from "./alert-subject.ts";

/** Most groups that are large at once and told by one rule: each is looked at again by every tick. */
const mostLarge = 500;

const { id, step, code, message, standing, state, mergedInto } = failureGroups;
const group = { id, step, code, message, standing };

/**
 * Failure groups by which more files stand failed than the rule says, as long as they do: all that it has told of, and
 * the largest of the others. Groups that are ignored, resolved or merged are none of them.
 */
export async function findLargeGroups(db: Db, rule: AlertRuleRow): Promise<AlertSubject[]> {
  // The states as the index has them: it has these groups alone, the largest first.
  const isLarge = sql`${standing} > ${rule.standing ?? 0} and ${state} in ('open', 'regressed') and ${isNull(mergedInto)}`;
  const told = await db
    .select(group)
    .from(alerts)
    .innerJoin(failureGroups, eq(id, alerts.subject))
    .where(and(eq(alerts.ruleId, rule.id), isNull(alerts.endedAt), isLarge));
  const untold = await db
    .select(group)
    .from(failureGroups)
    .where(and(isLarge, isUntold(rule, id)))
    .orderBy(sql`${standing} desc nulls last`, sql`${id} desc nulls last`)
    .limit(Math.max(0, Math.min(mostAtOnce, mostLarge - told.length)));
  return [...told, ...untold].map(subjectOf);
}

function subjectOf(large: Pick<typeof failureGroups.$inferSelect, keyof typeof group>): AlertSubject {
  const stand = large.standing === 1 ? "stands" : "stand";
  return {
    subject: large.id,
    text: `${filesText(large.standing)} ${stand} failed in ${large.step} (${large.code}): ${large.message}`,
    path: `/failures/${encodeURIComponent(large.id)}`,
    ends: true,
  };
}
