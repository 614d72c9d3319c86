import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { planOnce } from "../../db/plan-once.ts";
import type { ComputeShares } from "../../kernel/compute-shares.ts";
import { deriveId } from "../../kernel/ids.ts";
import { meters } from "../../telemetry/names.ts";
import { priceAt } from "../prices/price-at.ts";
import { budgetKeys } from "./budget-keys.ts";
import type { Ask } from "./reserve.ts";
import { sizeClass, unknownWorkMs } from "./work-history.ts";

/** What a dispatch of a step may cost, as an ask for its reservation. */
export interface Quote extends Ask {
  readonly step: { readonly id: string; readonly runId: string; readonly dispatch: number };
  readonly shard: number;
  /** True when a budget caps files and has no account for this one yet. */
  readonly fileUnopened: boolean;
  readonly fileId: string;
}

/** The id of the reservation for a dispatch of a step. */
export function reservationId(stepId: string, dispatch: number): string {
  return deriveId("res", stepId, dispatch);
}

/** What every attempt may work for, in ms: below that it would ask for more at once. */
const leastMs = 1_000;

const nano = z.string().transform(BigInt);
const rowSchema = z.object({
  id: z.string(),
  run_id: z.string(),
  dispatch: z.number(),
  name: z.string(),
  shard: z.number(),
  file_id: z.string(),
  project_id: z.string(),
  rank: z.coerce.date(),
  work_ms: z.number(),
  work: nano,
  messages: nano,
  unopened: z.boolean(),
});

/**
 * What it takes to dispatch steps, at the prices of now: the deliveries and the failure callback that a message
 * may cost, and the work of one attempt: what was estimated of providers when the step was planned, and a whole
 * machine for as long as steps of such documents take.
 * @param options.ahead 1 for the dispatch that comes next, 0 for the one that a step has
 * @param options.leastWorkMs for how long an attempt must be able to work, whatever others took
 */
export async function quoteSteps(
  { db, compute }: { readonly db: Db; readonly compute: Pick<ComputeShares, "memoryMb"> },
  stepIds: readonly string[],
  { now, ahead, leastWorkMs = leastMs }: { now: Date; ahead: 0 | 1; leastWorkMs?: number },
): Promise<Quote[]> {
  if (stepIds.length === 0) return [];
  const { rows } = await db.execute(sql`${planOnce}
    with asked as (
      select steps.id, run_id, dispatch + ${ahead}::int as dispatch, steps.name, shard, file_id, project_id,
             runs.created_at as rank, max_attempts + 1 as messages, estimate, place,
             least(time_limit_ms, greatest(${leastWorkMs}::int, least_work_ms, coalesce(p95_ms, ${unknownWorkMs}::int))) as work_ms
      from unnest(${sql.param([...stepIds])}::text[]) with ordinality as asked(id, place)
      join steps on steps.id = asked.id join runs on runs.id = run_id join files on files.id = file_id
      left join work_history on step = steps.name and size_class = ${sizeClass(sql`files.bytes`)}
    ), line as (
      select id, 'messages' as pot, ${meters.qstashMessages} as meter, 'upstash' as provider, '*' as model,
             messages::bigint as quantity from asked
      union all select id, 'work', ${meters.computeMs}, 'vercel', '*', work_ms from asked
      union all select id, 'work', ${meters.computeMemory}, 'vercel', '*', work_ms::bigint * ${compute.memoryMb}::int from asked
      union all select id, 'work', meter, provider, model, quantity
      from asked, jsonb_to_recordset(estimate) as line(meter text, provider text, model text, quantity bigint)
    ), priced as (
      select line.id, sum(amount.nano_usd) filter (where pot = 'work') as work,
             sum(amount.nano_usd) filter (where pot = 'messages') as messages
      from line cross join lateral ${priceAt("line", sql`${now.toISOString()}::timestamptz`)} price
      -- Rounded up: several entries may be made of one line, and each is rounded by itself.
      cross join lateral (select ceil(quantity::numeric * price.nano_usd / per_units) as nano_usd) amount
      group by line.id
    )
    select asked.id, run_id, dispatch, name, shard, file_id, project_id, rank, work_ms,
           coalesce(work, 0)::text as work, coalesce(priced.messages, 0)::text as messages,
           exists (select from budgets where scope = 'file' and removed_at is null
             and (budgets.project_id is null or budgets.project_id = asked.project_id)
             and not exists (select from budget_accounts
               where budget_id = budgets.id and key = 'file:' || asked.file_id)) as unopened
    from asked left join priced on priced.id = asked.id order by place`);
  return z.array(rowSchema).parse(rows).map(toQuote);
}

function toQuote(row: z.output<typeof rowSchema>): Quote {
  const { id, run_id: runId, dispatch, file_id: fileId } = row;
  return {
    id: reservationId(id, dispatch),
    keys: budgetKeys({ projectId: row.project_id, step: row.name, fileId }),
    workNanoUsd: row.work,
    messagesNanoUsd: row.messages,
    workMs: row.work_ms,
    rank: row.rank,
    step: { id, runId, dispatch },
    shard: row.shard,
    fileId,
    fileUnopened: row.unopened,
  };
}
