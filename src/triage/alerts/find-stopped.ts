import { and, asc, gt, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { requeues } from "../../db/schema/requeues.ts";
import { filesText } from "../files-text.ts";
import { type AlertRuleRow, type AlertSubject, isUntold, mostAtOnce, tellsSince } from "./alert-subject.ts";

/** Requeues that their canaries have stopped, of which a rule has not told yet. */
export async function findStopped(db: Db, rule: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  const { id, state, finishedAt, stoppedBecause, total } = requeues;
  const stopped = await db
    .select({ id, stoppedBecause, total })
    .from(requeues)
    // The state as the index has it.
    .where(and(sql`${state} = 'stopped'`, gt(finishedAt, tellsSince(rule, now)), isUntold(rule, id)))
    .orderBy(asc(finishedAt), asc(id))
    .limit(mostAtOnce);
  return stopped.map((requeue) => ({
    subject: requeue.id,
    text: textOf(requeue),
    path: `/requeues/${encodeURIComponent(requeue.id)}`,
    ends: false,
  }));
}

/** Not its name, which whoever planned it may have taken from a document. Why it stopped is counts alone. */
function textOf({ total, stoppedBecause }: { total: number; stoppedBecause: string | null }): string {
  return `A requeue of ${filesText(total)} stopped.${stoppedBecause === null ? "" : ` ${stoppedBecause}`}`;
}
