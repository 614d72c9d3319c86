import { sql } from "drizzle-orm";
import { z } from "zod";
import { quoteSteps } from "../../costs/budgets/quote-steps.ts";
import type { Db } from "../../db/client.ts";
import { requeuePlans } from "../../db/schema/requeues.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { stepNames } from "../../pipeline/graph.ts";
import type { TriageContext } from "../context.ts";
import type { Actor } from "../record-audit.ts";
import { getPlan } from "./get-plan.ts";
import type { PlanRequest, PlanView } from "./plan-view.ts";
import { type SelectedFile, selectFiles } from "./select-files.ts";

const stepRow = z.object({ id: z.string(), file_id: z.string(), name: z.string(), runs: z.boolean() });

/**
 * Freezes which files are to be done again, which steps of theirs, and what that may cost: at least one attempt of
 * each step that is done again, at most all the deliveries that its message may take besides.
 * @throws WaybillError step_unknown, plan_too_large, plan_selection_unsupported
 */
export async function makePlan(ctx: TriageContext, request: PlanRequest, actor: Actor): Promise<PlanView> {
  const { from, options } = request;
  if (from !== "failed" && from !== "start" && !stepNames.some((name) => name === from))
    throw new WaybillError("step_unknown", { details: { from } });
  if (options.canary !== null || options.perMinute !== null)
    throw new WaybillError("plan_selection_unsupported", { details: { options: "canary, perMinute" } });
  const now = ctx.clock.now();
  const id = newId("rplan", now);
  await ctx.db.transaction(async (tx) => {
    const selected = await selectFiles(tx, request);
    const included = selected.filter((file) => file.excluded === null);
    const steps = await readSteps(tx, included, request);
    const again = steps.filter((step) => step.runs);
    const quotes = await quoteSteps(
      { ...ctx, db: tx },
      again.map((step) => step.id),
      { now, ahead: 1 },
    );
    const costs = new Map<string, { low: bigint; high: bigint }>();
    for (const quote of quotes) {
      const { low, high } = costs.get(quote.fileId) ?? { low: 0n, high: 0n };
      const { workNanoUsd: work, messagesNanoUsd: messages } = quote;
      costs.set(quote.fileId, { low: low + work, high: high + work + messages });
    }
    const total = (side: "low" | "high") => [...costs.values()].reduce((sum, cost) => sum + cost[side], 0n);
    const excluded = Object.entries(Object.groupBy(selected, (file) => file.excluded ?? "none")).flatMap(
      ([, files = []]) => {
        const reason = files[0]?.excluded ?? null;
        return reason === null ? [] : [{ reason, files: files.length }];
      },
    );
    const stages = stepNames.map((step) => {
      const own = steps.filter(({ name }) => name === step);
      const runs = own.filter((one) => one.runs).length;
      return { step, runs, reused: own.length - runs };
    });
    await tx.insert(requeuePlans).values({
      id,
      name: request.name ?? `${included.length} files from ${from}`,
      createdAt: now,
      keyId: actor.keyId,
      keyName: actor.keyName,
      request,
      selected: selected.length,
      included: included.length,
      facts: { excluded, stages, budgets: [], held: 0 },
      lowNanoUsd: total("low"),
      highNanoUsd: total("high"),
    });
    const files = selected.map((file, at) => {
      const cost = costs.get(file.file_id);
      return { ...file, place: at + 1, low: String(cost?.low ?? 0n), high: String(cost?.high ?? 0n) };
    });
    await tx.execute(sql`
      insert into requeue_plan_files (plan_id, place, file_id, run_id, round, excluded, low_nano_usd, high_nano_usd)
      select ${id}, place, file_id, run_id, round, excluded, low, high
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file(place int, file_id text, run_id text, round int,
        excluded text, low bigint, high bigint)`);
  });
  return getPlan(ctx, id);
}

/** The steps of the files' newest runs, and whether each is done again. */
async function readSteps(tx: Db, files: readonly SelectedFile[], { from, graph }: PlanRequest) {
  const anew = from === "start" || graph === "current";
  const place = stepNames.findIndex((name) => name === from);
  const again = place < 0 ? [] : stepNames.slice(place);
  const { rows } = await tx.execute(sql`
    select steps.id, runs.file_id, steps.name,
           ${anew} or state in ('failed', 'cancelled') or steps.name = any(${sql.param(again)}::text[]) as runs
    from unnest(${sql.param(files.map((file) => file.run_id))}::text[]) as chosen(run_id)
    join steps using (run_id) join runs on runs.id = run_id where not retired`);
  return z.array(stepRow).parse(rows);
}
