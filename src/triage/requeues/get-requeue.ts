import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { getPlan } from "../plans/get-plan.ts";
import { type RequeueRow, readRequeue } from "./lock-requeue.ts";
import { readRequeues } from "./read-requeues.ts";
import { type RequeueSummary, type RequeueView, requeueViewSchema } from "./requeue-view.ts";

/** A requeue with its progress and its receipt. @throws WaybillError requeue_not_found */
export async function getRequeue(
  { db, clock }: Pick<DbContext, "db" | "clock">,
  id: string,
): Promise<RequeueView> {
  const row = await readRequeue(db, id);
  const [summary] = await readRequeues(db, sql`id = ${id}`);
  if (summary === undefined) throw new TypeError(`Requeue ${id} has no plan.`);
  const { selection, from, graph, options, cost } = await getPlan({ db }, row.planId);
  return {
    ...summary,
    reason: row.reason,
    selection,
    from,
    graph,
    options,
    stoppedBecause: row.stoppedBecause,
    leftMs: leftMs(summary, options.perMinute, clock.now()),
    cost,
    ...(await readReceipt(db, id)),
    proof: proofOf(row),
  };
}

/** How long it takes until all are sent and have ended, at the pace so far; null while nothing has ended. */
function leftMs({ state, counts, startsAt }: RequeueSummary, perMinute: number | null, now: Date) {
  if (state !== "canary" && state !== "running") return null;
  const ended = counts.succeeded + counts.failed + counts.skipped;
  const left = counts.pending + counts.sent;
  if (ended === 0 || left === 0) return null;
  const soFar = Math.round(((now.getTime() - Date.parse(startsAt)) / ended) * left);
  const paced = perMinute === null ? 0 : Math.round((counts.pending / perMinute) * 60_000);
  return Math.max(soFar, paced);
}

function proofOf({ proof, provedAt }: RequeueRow): RequeueView["proof"] {
  return proof === null || provedAt === null ? null : { ...proof, provedAt: provedAt.toISOString() };
}

const receiptSchema = requeueViewSchema.pick({ skipped: true, failedAgain: true, messages: true });

/** Most kinds of failures that a receipt names. */
const failureLimit = 100;

/**
 * A message is swallowed when QStash answered with the id of another dispatch's message: it took the two for one, and
 * delivers one of them only.
 */
async function readReceipt(db: Db, id: string): Promise<z.output<typeof receiptSchema>> {
  const { rows } = await db.execute(sql`
    with own as (select * from requeue_files where requeue_id = ${id}), message as (
      select outbox.id, message_id from own join steps on steps.run_id = own.run_id join outbox on outbox.step_id = steps.id
      where message_id is not null and outbox.created_at >= own.sent_at
        and (own.finished_at is null or outbox.created_at <= own.finished_at)
    ), failure as (
      select failures.group_id, failures.step_id, failures.code, failures.message from own
      join failures on failures.file_id = own.file_id and failures.run_id = own.run_id and failures.round = own.round
      where own.outcome = 'failed'
    )
    select (select coalesce(jsonb_agg(one), '[]') from (
             select skipped as reason, count(*) as files from own where skipped is not null
             group by skipped order by files desc) one) as skipped,
           (select coalesce(jsonb_agg(one), '[]') from (
             select group_id as "groupId", failure_groups.step, failure_groups.code, failure_groups.message, count(*) as files
             from failure join failure_groups on failure_groups.id = group_id
             group by group_id, failure_groups.step, failure_groups.code, failure_groups.message
             order by files desc, group_id limit ${failureLimit}) one) as "failedAgain",
           (select jsonb_build_object('sent', count(*), 'swallowed', count(*) filter (where exists (
             select from outbox other where other.message_id = message.message_id and other.id <> message.id))) from message) as messages`);
  const [receipt] = z.tuple([receiptSchema]).parse(rows);
  return receipt;
}
