import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { priceWork, type WorkPrice } from "../../costs/budgets/price-work.ts";
import type { Db } from "../../db/client.ts";
import { type PlanFacts, requeuePlans } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { stepNames } from "../../pipeline/graph.ts";
import type { TriageContext } from "../context.ts";
import type { Actor } from "../record-audit.ts";
import { budgetsAfter } from "./budgets-after.ts";
import { getPlan } from "./get-plan.ts";
import { planName } from "./plan-name.ts";
import type { PlanRequest, PlanView } from "./plan-view.ts";
import { type SelectedFile, selectFiles } from "./select-files.ts";

const stageRow = z.object({ name: z.string(), runs: z.number(), reused: z.number() });

/**
 * Freezes which files are to be done again and which steps of theirs, with what that may cost and what the budgets
 * would have left. Changes nothing else.
 * @throws WaybillError step_unknown, plan_too_large
 */
export async function makePlan(ctx: TriageContext, request: PlanRequest, actor: Actor): Promise<PlanView> {
  const { from } = request;
  if (from !== "failed" && from !== "start" && !stepNames.some((name) => name === from))
    throw new WaybillError("step_unknown", { details: { from } });
  const now = ctx.clock.now();
  const id = newId("rplan", now);
  await ctx.db.transaction(async (tx) => {
    const selected = await selectFiles(tx, request);
    const included = selected.filter((file) => file.excluded === null);
    const steps = stepsOf(included, request);
    const prices = await priceWork({ ...ctx, db: tx }, sql`select id from (${steps}) own where again`, now);
    const order = included.map((file) => file.file_id);
    const facts: PlanFacts = {
      excluded: countExcluded(selected),
      stages: await countStages(tx, steps),
      ...(await budgetsAfter({ ...ctx, db: tx }, order, prices)),
    };
    const { keyId, keyName } = actor;
    await tx.insert(requeuePlans).values({
      id,
      name: request.name ?? planName(request, included.length),
      createdAt: now,
      keyId,
      keyName,
      request,
      selected: selected.length,
      included: included.length,
      facts,
      lowNanoUsd: prices.reduce((sum, { low }) => sum + low, 0n),
      highNanoUsd: prices.reduce((sum, { high }) => sum + high, 0n),
    });
    await keepFiles(tx, id, selected, prices);
  });
  return getPlan(ctx, id);
}

/** The steps of the files' newest runs, and whether each is done `again`, as SQL. */
function stepsOf(files: readonly SelectedFile[], { from, graph }: PlanRequest): SQL {
  const anew = from === "start" || graph === "current";
  const names: readonly string[] = stepNames;
  const place = names.indexOf(from);
  const later = place < 0 ? [] : names.slice(place);
  return sql`
    select steps.id, steps.name,
           ${anew}::boolean or state in ('failed', 'cancelled') or steps.name = any(${sql.param(later)}::text[]) as again
    from unnest(${sql.param(files.map((file) => file.run_id))}::text[]) as chosen(run_id)
    join steps using (run_id) where not retired`;
}

function countExcluded(selected: readonly SelectedFile[]): PlanFacts["excluded"] {
  const counts = new Map<PlanFacts["excluded"][number]["reason"], number>();
  for (const { excluded } of selected)
    if (excluded !== null) counts.set(excluded, (counts.get(excluded) ?? 0) + 1);
  return [...counts].map(([reason, files]) => ({ reason, files })).toSorted((a, b) => b.files - a.files);
}

async function countStages(tx: Db, steps: SQL): Promise<PlanFacts["stages"]> {
  const { rows } = await tx.execute(sql`
    select name, count(*) filter (where again)::int as runs, count(*) filter (where not again)::int as reused
    from (${steps}) own group by name`);
  const found = z.array(stageRow).parse(rows);
  return stepNames.map((step) => {
    const { runs = 0, reused = 0 } = found.find(({ name }) => name === step) ?? {};
    return { step, runs, reused };
  });
}

async function keepFiles(
  tx: Db,
  planId: string,
  selected: readonly SelectedFile[],
  prices: readonly WorkPrice[],
): Promise<void> {
  const byFile = Map.groupBy(prices, ({ subject }) => subject.fileId);
  const rows = selected.map((file, at) => {
    const own = byFile.get(file.file_id) ?? [];
    const low = own.reduce((sum, price) => sum + price.low, 0n);
    const high = own.reduce((sum, price) => sum + price.high, 0n);
    return { ...file, place: at + 1, low: low.toString(), high: high.toString() };
  });
  await tx.execute(sql`
    insert into requeue_plan_files (plan_id, place, file_id, run_id, round, excluded, low_nano_usd, high_nano_usd)
    select ${planId}, place, file_id, run_id, round, excluded, low, high
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as file(place int, file_id text, run_id text, round int,
      excluded text, low bigint, high bigint)`);
}
