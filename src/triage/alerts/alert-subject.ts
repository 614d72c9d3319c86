import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type alertRules, alerts } from "../../db/schema/alerts.ts";

/** A rule's row. */
export type AlertRuleRow = typeof alertRules.$inferSelect;

/** Something that a rule tells of. */
export interface AlertSubject {
  /** The same subject is told of once. */
  readonly subject: string;
  /** Names no document, and has no text of one: it is read in chats. */
  readonly text: string;
  readonly path: string;
  /** Whether it can be over, and so be told of again. */
  readonly ends: boolean;
}

/** A rule that ticks could not look at for a while still tells of what was then. */
const lookBackMs = 24 * 60 * 60_000;

/** Most new subjects of a rule in one tick; the next takes the rest. */
export const mostAtOnce = 20;

/** From when on a rule tells of what happened. Pure. */
export function tellsSince({ since }: Pick<AlertRuleRow, "since">, now: Date): Date {
  return new Date(Math.max(since.getTime(), now.getTime() - lookBackMs));
}

/** Whether a rule has not told of a subject, or of none that goes on. */
export function isUntold({ id }: Pick<AlertRuleRow, "id">, subject: SQLWrapper): SQL {
  // A scalar that ends at the first row: a "not exists" is planned as a scan of all that the rule has told.
  return sql`coalesce((select false from ${alerts} where ${alerts.ruleId} = ${id} and ${alerts.subject} = ${subject}
    and ${alerts.endedAt} is null limit 1), true)`;
}
