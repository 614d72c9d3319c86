import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { exclusions, requeueOutcomes, requeueStates } from "../../db/requeue-states.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { getPlan } from "../plans/get-plan.ts";
import type { RequeueFile, RequeueSummary, RequeueView } from "./requeue-view.ts";

const time = z.coerce.date().transform((at) => at.toISOString());
const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  planId: z.string(),
  state: z.enum(requeueStates),
  by: z.string(),
  reason: z.string().nullable(),
  createdAt: time,
  startsAt: time,
  finishedAt: time.nullable(),
  stoppedBecause: z.string().nullable(),
  total: z.number(),
  counts: z.partialRecord(z.enum(requeueOutcomes), z.number()),
  costNanoUsd: z.string(),
});

async function read({ db }: Pick<DbContext, "db">, which: SQL) {
  const { rows } = await db.execute(sql`
    select requeues.id, name, plan_id as "planId", state, requeues.key_name as by, reason, requeues.created_at as "createdAt",
           starts_at as "startsAt", finished_at as "finishedAt", stopped_because as "stoppedBecause", total, counts, cost as "costNanoUsd"
    from requeues join requeue_plans on requeue_plans.id = plan_id
    cross join lateral (select coalesce(jsonb_object_agg(outcome, files), '{}') as counts from (
      select outcome, count(*) as files from requeue_files where requeue_id = requeues.id group by outcome) own) counted
    cross join lateral (select coalesce(sum(cost_nano_usd - cost_before_nano_usd), 0)::text as cost
      from requeue_files join files on files.id = file_id where requeue_id = requeues.id) spent
    where ${which}`);
  return z.array(rowSchema).parse(rows);
}

function toSummary(row: z.output<typeof rowSchema>): RequeueSummary {
  const { counts, total, reason: _, stoppedBecause: __, ...rest } = row;
  const of = (outcome: (typeof requeueOutcomes)[number]) => counts[outcome] ?? 0;
  return {
    ...rest,
    counts: {
      total,
      pending: of("pending"),
      sent: of("sent"),
      held: of("held"),
      succeeded: of("succeeded"),
      failed: of("failed"),
      skipped: of("skipped"),
    },
  };
}

/** The requeues, newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listRequeues(
  ctx: Pick<DbContext, "db">,
  page: PageRequest,
): Promise<{ items: RequeueSummary[]; nextCursor: string | null }> {
  const before = parseCursor(z.tuple([z.iso.datetime(), z.string()]), page.cursor);
  const from =
    before === null
      ? sql`true`
      : sql`(requeues.created_at, requeues.id) < (${before[0]}::timestamptz, ${before[1]})`;
  const order = sql`order by requeues.created_at desc, requeues.id desc limit ${page.limit + 1}`;
  const { rows, last } = cutPage(await read(ctx, sql`${from} ${order}`), page.limit);
  return { items: rows.map(toSummary), nextCursor: last && formatCursor([last.createdAt, last.id]) };
}

const extrasSchema = z.object({
  skipped: z.array(z.object({ reason: z.enum(exclusions), files: z.number() })),
  failed: z.array(
    z.object({
      groupId: z.null(),
      step: z.string(),
      code: z.string(),
      message: z.string(),
      files: z.number(),
    }),
  ),
  sent: z.number(),
  swallowed: z.number(),
});

/** A requeue with its progress. @throws WaybillError requeue_not_found */
export async function getRequeue(ctx: Pick<DbContext, "db">, id: string): Promise<RequeueView> {
  const [row] = await read(ctx, sql`requeues.id = ${id}`);
  if (row === undefined) throw new WaybillError("requeue_not_found", { details: { requeueId: id } });
  const { selection, from, graph, options, cost } = await getPlan(ctx, row.planId);
  const { rows } = await ctx.db.execute(sql`
    with own as (select * from requeue_files where requeue_id = ${id}), message as (
      select outbox.id, message_id from own join steps on steps.run_id = own.run_id join outbox on outbox.step_id = steps.id
      where message_id is not null and outbox.created_at >= own.sent_at - interval '1 minute'
        and (own.finished_at is null or outbox.created_at <= own.finished_at) and steps.round >= own.round)
    select (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from (
             select skipped as reason, count(*) as files from own where skipped is not null group by skipped) one) as skipped,
           (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from (
             select null as "groupId", coalesce(failed_step, '') as step, coalesce(error_code, '') as code,
                    coalesce(error_message, '') as message, count(*) as files
             from own where outcome = 'failed' group by 2, 3, 4 order by files desc limit 100) one) as failed,
           (select count(*)::int from message) as sent,
           (select count(*)::int from message where exists (select from outbox other
             where other.message_id = message.message_id and other.id <> message.id)) as swallowed`);
  const [{ skipped, failed, sent, swallowed }] = z.tuple([extrasSchema]).parse(rows);
  return {
    ...toSummary(row),
    reason: row.reason,
    selection,
    from,
    graph,
    options,
    stoppedBecause: row.stoppedBecause,
    leftMs: null,
    skipped,
    failedAgain: failed,
    cost,
    messages: { sent, swallowed },
    proof: null,
  };
}

const fileSchema = z.object({
  place: z.number(),
  fileId: z.string(),
  name: z.string().nullable(),
  project: z.string().nullable(),
  outcome: z.enum(requeueOutcomes),
  skipped: z.enum(exclusions).nullable(),
  canary: z.boolean(),
  costNanoUsd: z.string(),
  finishedAt: time.nullable(),
});

/** The files of a requeue, in its order. @throws WaybillError requeue_not_found, malformed_request */
export async function listRequeueFiles(
  ctx: Pick<DbContext, "db">,
  input: { requeueId: string } & PageRequest,
): Promise<{ items: RequeueFile[]; nextCursor: string | null }> {
  await getRequeue(ctx, input.requeueId);
  const after = parseCursor(z.tuple([z.number()]), input.cursor)?.[0] ?? 0;
  const { rows: found } = await ctx.db.execute(sql`
    select place, file_id as "fileId", files.name, slug as project, outcome, skipped, canary,
           coalesce(files.cost_nano_usd - cost_before_nano_usd, 0)::text as "costNanoUsd", own.finished_at as "finishedAt"
    from requeue_files own left join files on files.id = file_id left join projects on projects.id = project_id
    where requeue_id = ${input.requeueId} and place > ${after} order by place limit ${input.limit + 1}`);
  const { rows, last } = cutPage(z.array(fileSchema).parse(found), input.limit);
  return {
    items: rows.map(({ place: _, ...row }) => ({ ...row, failedGroupId: null })),
    nextCursor: last && formatCursor([last.place]),
  };
}
