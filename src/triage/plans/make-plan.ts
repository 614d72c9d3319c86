import { sql } from "drizzle-orm";
import { priceAhead } from "../../costs/budgets/price-ahead.ts";
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
import { countStages, plannedSteps, stepsAhead } from "./planned-work.ts";
import { type SelectedFile, selectFiles } from "./select-files.ts";

/**
 * Freezes which files are to be done again and which steps of theirs, with what that may cost, also in those that are
 * planned only on the way, and what the budgets would have left. Changes nothing else.
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
    const steps = plannedSteps(included, request);
    const known = await priceWork({ ...ctx, db: tx }, sql`select id from (${steps}) own where again`, now);
    const ahead = await priceAhead(tx, stepsAhead(included, request));
    const prices = [...known, ...ahead.prices];
    const order = included.map((file) => file.file_id);
    const facts: PlanFacts = {
      excluded: countExcluded(selected),
      stages: await countStages(tx, steps, ahead.files),
      unknown: stepNames.filter((name) => ahead.unknown.has(name)),
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

function countExcluded(selected: readonly SelectedFile[]): PlanFacts["excluded"] {
  const counts = new Map<PlanFacts["excluded"][number]["reason"], number>();
  for (const { excluded } of selected)
    if (excluded !== null) counts.set(excluded, (counts.get(excluded) ?? 0) + 1);
  return [...counts].map(([reason, files]) => ({ reason, files })).toSorted((a, b) => b.files - a.files);
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
