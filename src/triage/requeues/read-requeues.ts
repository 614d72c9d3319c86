import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { requeueOutcomes } from "../../db/requeue-states.ts";
import { type RequeueSummary, requeueSummarySchema } from "./requeue-view.ts";

/** A time of a row, as the views have it. */
export const time = z.coerce.date().transform((at) => at.toISOString());
const rowSchema = requeueSummarySchema.extend({
  createdAt: time,
  startsAt: time,
  finishedAt: time.nullable(),
  total: z.number(),
  counts: z.partialRecord(z.enum(requeueOutcomes), z.number()),
});

/** What became of a file, as SQL: one that was sent and whose run waits for money or a provider is held. */
export const outcomeNow = sql`case when own.outcome = 'sent' and runs.status = 'held' then 'held' else own.outcome end`;

/** What the files that a requeue sent have cost since, in nano-USD as text, as SQL. */
export function costOf(requeueId: SQL): SQL {
  return sql`(select coalesce(sum(cost_nano_usd - cost_before_nano_usd), 0)::text
    from requeue_files own join files on files.id = own.file_id
    where own.requeue_id = ${requeueId} and own.outcome in ('sent', 'succeeded', 'failed'))`;
}

/**
 * Requeues with what became of their files: counted while one is under way, as it was written down once it is proved.
 * @param which a condition on `requeues`, and how they are ordered and cut
 */
export async function readRequeues(db: Db, which: SQL): Promise<RequeueSummary[]> {
  const { rows } = await db.execute(sql`
    with chosen as (select * from requeues where ${which})
    select chosen.id, name, plan_id as "planId", state, chosen.key_name as by, chosen.created_at as "createdAt",
           starts_at as "startsAt", finished_at as "finishedAt", total,
           case when final is null then (select coalesce(jsonb_object_agg(outcome, files), '{}') from (
             select ${outcomeNow} as outcome, count(*) as files from requeue_files own
             left join runs on own.outcome = 'sent' and runs.id = own.run_id where requeue_id = chosen.id group by 1) counted)
           else final -> 'counts' end as counts,
           case when final is null then ${costOf(sql`chosen.id`)} else final ->> 'cost' end as "costNanoUsd"
    from chosen join requeue_plans on requeue_plans.id = plan_id
    order by chosen.created_at desc, chosen.id desc`);
  return z.array(rowSchema).parse(rows).map(toSummary);
}

function toSummary({ counts, total, ...row }: z.output<typeof rowSchema>): RequeueSummary {
  const of = (outcome: (typeof requeueOutcomes)[number]) => counts[outcome] ?? 0;
  return {
    ...row,
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
