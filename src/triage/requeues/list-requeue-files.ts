import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { RequeueOutcome } from "../../db/requeue-states.ts";
import { readRequeue } from "./lock-requeue.ts";
import { outcomeNow, time } from "./read-requeues.ts";
import { type RequeueFile, requeueFileSchema } from "./requeue-view.ts";

const rowSchema = requeueFileSchema.extend({ place: z.number(), finishedAt: time.nullable() });

/**
 * The files of a requeue, in its order.
 * @param input.outcomes only those with one of them; all when there is none
 * @throws WaybillError requeue_not_found, malformed_request for a cursor of another list
 */
export async function listRequeueFiles(
  { db }: Pick<DbContext, "db">,
  input: { requeueId: string; outcomes: readonly RequeueOutcome[] } & PageRequest,
): Promise<{ items: RequeueFile[]; nextCursor: string | null }> {
  const { requeueId, outcomes, limit } = input;
  const after = parseCursor(z.tuple([z.number()]), input.cursor)?.[0] ?? 0;
  await readRequeue(db, requeueId);
  const { rows: found } = await db.execute(sql`
    select place, own.file_id as "fileId", files.name, slug as project, ${outcomeNow} as outcome, skipped, canary,
           case when own.outcome = 'failed' then (select group_id from failures where failures.file_id = own.file_id
             and failures.run_id = own.run_id and failures.round = own.round order by at desc limit 1) end as "failedGroupId",
           coalesce(files.cost_nano_usd - cost_before_nano_usd, 0)::text as "costNanoUsd", own.finished_at as "finishedAt"
    from requeue_files own left join files on files.id = own.file_id left join projects on projects.id = project_id
    left join runs on own.outcome = 'sent' and runs.id = own.run_id
    where requeue_id = ${requeueId} and place > ${after} and ${ofOutcomes(outcomes)} order by place limit ${limit + 1}`);
  const { rows, last } = cutPage(z.array(rowSchema).parse(found), limit);
  return {
    items: rows.map(({ place: _, ...row }) => row),
    nextCursor: last && formatCursor([last.place]),
  };
}

function ofOutcomes(outcomes: readonly RequeueOutcome[]) {
  if (outcomes.length === 0) return sql`true`;
  // By the stored outcome first, which is in the index.
  const stored = outcomes.map((outcome) => (outcome === "held" ? "sent" : outcome));
  return sql`own.outcome = any(${sql.param(stored)}::text[]) and ${outcomeNow} = any(${sql.param([...outcomes])}::text[])`;
}
