import { z } from "zod";
import type { BudgetView } from "../../costs/budgets/budget-view.ts";
import {
  changeBudget as changeAccounts,
  removeBudget as removeAccounts,
} from "../../costs/budgets/change-budget.ts";
import { getBudget } from "../../costs/budgets/read-budgets.ts";
import { budgetModes } from "../../db/budget-kinds.ts";
import { releaseHolds } from "../../jobs/release-holds.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { TriageContext } from "../context.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { budgetFacts } from "./budget-facts.ts";
import { limitSchema, thresholdsSchema } from "./budget-input.ts";

/** For how long a change lets held steps go on before it answers, in ms; the tick lets the others go. */
const releaseMs = 3_000;

const reasonSchema = z.string().trim().min(1).max(500).optional().describe("kept in the audit log");

/** What is to be changed of a budget; what is left out stays. */
export const budgetChangeSchema = z
  .strictObject({
    limitNanoUsd: limitSchema.optional(),
    mode: z.enum(budgetModes).optional(),
    thresholds: thresholdsSchema.optional(),
    reason: reasonSchema,
  })
  .refine(({ reason: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
    message: "names nothing to change",
  });

/**
 * Changes a budget. A limit that is raised lets held steps go on at once; one that is lowered stops nothing that
 * is under way.
 * @throws WaybillError budget_not_found
 */
export async function changeBudget(
  ctx: TriageContext,
  input: { id: string; actor: Actor } & z.output<typeof budgetChangeSchema>,
): Promise<BudgetView> {
  const { id, actor, reason = null, limitNanoUsd, mode, thresholds } = input;
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const before = await getBudget({ ...ctx, db: tx }, id);
    const limit = limitNanoUsd === undefined ? undefined : BigInt(limitNanoUsd);
    if (!(await changeAccounts(tx, id, { limitNanoUsd: limit, mode, thresholds }, now))) throw notFound(id);
    const after = await getBudget({ ...ctx, db: tx }, id);
    const request = {
      budgetId: id,
      ...(limitNanoUsd !== undefined && { limitNanoUsd }),
      ...(mode !== undefined && { mode }),
      ...(thresholds !== undefined && { thresholds: thresholds.join(",") }),
    };
    const facts = { request, before: budgetFacts(before), after: budgetFacts(after) };
    const change = { action: "budget.change", fileId: null, actor, reason, idempotencyKey: null } as const;
    await recordAudit(tx, { ...change, ...facts }, now);
  });
  await releaseHolds(ctx, [id], releaseMs);
  return getBudget(ctx, id);
}

/**
 * Takes a budget away; what it holds goes on, unless another budget has no room for it.
 * @throws WaybillError budget_not_found
 */
export async function removeBudget(
  ctx: TriageContext,
  input: { id: string; actor: Actor; reason: string | null },
): Promise<void> {
  const { id, actor, reason } = input;
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const before = await getBudget({ ...ctx, db: tx }, id);
    if (!(await removeAccounts(tx, id, now))) throw notFound(id);
    const change = { action: "budget.remove", fileId: null, actor, reason, idempotencyKey: null } as const;
    const facts = { request: { budgetId: id }, before: budgetFacts(before), after: {} };
    await recordAudit(tx, { ...change, ...facts }, now);
  });
  await releaseHolds(ctx, [id], releaseMs);
}

function notFound(budgetId: string): WaybillError {
  return new WaybillError("budget_not_found", { details: { budgetId } });
}
