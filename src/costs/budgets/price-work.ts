import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { ComputeShares } from "../../kernel/compute-shares.ts";
import { meters } from "../../telemetry/names.ts";
import { priceAt } from "../prices/price-at.ts";
import { sizeClass, unknownWorkMs } from "./work-history.ts";

const nano = z.string().transform(BigInt);
const rowSchema = z
  .object({ file_id: z.string(), project_id: z.string(), step: z.string(), low: nano, high: nano })
  .transform(({ file_id: fileId, project_id: projectId, step, low, high }) => ({
    subject: { fileId, projectId, step },
    low,
    high,
  }));

/**
 * What the steps of one name of a file may cost when they are done again, in nano-USD. Low: each once, in the time
 * that half of such steps take (p50), all of a run by the one delivery that its first step needs, as it may go on in
 * place. High: what is set aside for them, that is for the time of 95 of 100 and for all the deliveries that their
 * messages may take.
 */
export type WorkPrice = z.output<typeof rowSchema>;

/**
 * Prices steps by file and name, at the prices of now; each meter's price is looked up once.
 * @param stepIds a query of steps' ids, as SQL with one column `id`
 */
export async function priceWork(
  { db, compute }: { readonly db: Db; readonly compute: Pick<ComputeShares, "memoryMb"> },
  stepIds: SQL,
  now: Date,
): Promise<WorkPrice[]> {
  const { rows } = await db.execute(sql`
    with asked as (
      select steps.name as step, file_id, project_id, max_attempts + 1 as messages, estimate,
             (row_number() over (partition by run_id order by steps.id) = 1)::int as least_messages,
             least(time_limit_ms, coalesce(p50_ms, ${unknownWorkMs}::int)) as usual_ms,
             least(time_limit_ms, greatest(least_work_ms, coalesce(p95_ms, ${unknownWorkMs}::int))) as most_ms
      from (${stepIds}) as asked(id)
      join steps on steps.id = asked.id join runs on runs.id = run_id join files on files.id = file_id
      left join work_history on work_history.step = steps.name and size_class = ${sizeClass(sql`files.bytes`)}
    ), line as (
      select file_id, project_id, step, ${meters.qstashMessages} as meter, 'upstash' as provider, '*' as model,
             least_messages::bigint as low, messages::bigint as high from asked
      union all select file_id, project_id, step, ${meters.computeMs}, 'vercel', '*', usual_ms, most_ms from asked
      union all select file_id, project_id, step, ${meters.computeMemory}, 'vercel', '*',
                       usual_ms::bigint * ${compute.memoryMb}::int, most_ms::bigint * ${compute.memoryMb}::int from asked
      union all select file_id, project_id, step, meter, provider, model, quantity, quantity
      from asked, jsonb_to_recordset(estimate) as line(meter text, provider text, model text, quantity bigint)
    ), summed as (
      select file_id, project_id, step, meter, provider, model, sum(low) as low, sum(high) as high
      from line group by file_id, project_id, step, meter, provider, model
    ), kind as materialized (
      select asked.*, price.nano_usd, price.per_units
      from (select distinct meter, provider, model from summed) asked
      cross join lateral ${priceAt("asked", sql`${now.toISOString()}::timestamptz`)} price
    )
    select file_id, project_id, step, sum(ceil(low * nano_usd / per_units))::text as low,
           sum(ceil(high * nano_usd / per_units))::text as high
    from summed join kind using (meter, provider, model) group by file_id, project_id, step`);
  return z.array(rowSchema).parse(rows);
}
