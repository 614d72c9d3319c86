import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { getBudget } from "../../costs/budgets/read-budgets.ts";
import { budgetHolds } from "../../db/schema/budgets.ts";
import { releaseHolds } from "../../jobs/release-holds.ts";
import type { TriageContext } from "../context.ts";
import { findRepeated } from "../find-repeated.ts";
import { recordAudit } from "../record-audit.ts";
import type { BudgetRequest } from "./create-budget.ts";

/** For how long held steps are let go on before the answer, in ms; the tick lets the others go. */
const releaseMs = 5_000;

/** Which held steps are to go on. */
export const budgetReleaseSchema = z.strictObject({
  steps: z
    .array(z.string().min(1).max(60))
    .min(1)
    .max(1000)
    .optional()
    .describe("ids of held steps; all that the budget holds when left out"),
  force: z
    .boolean()
    .default(false)
    .describe("above the limit, which shows as excess; else as far as there is room, the oldest first"),
  reason: z.string().trim().min(1).max(500).optional().describe("kept in the audit log"),
});

/** What became of a release. */
export const budgetReleasedSchema = z.object({
  asked: z.number().int().describe("held steps that are to go on"),
  released: z
    .number()
    .int()
    .describe("that went on before the answer; the others follow, as far as they may"),
  held: z.number().int().describe("that the budget holds now"),
});

/**
 * Lets steps go on that a budget holds. With `force` the decision is written down first, with who made it: should
 * the process die before they all went on, the tick lets the others go.
 * @throws WaybillError budget_not_found, idempotency_key_reused
 */
export async function releaseBudget(
  ctx: TriageContext,
  input: { id: string } & z.output<typeof budgetReleaseSchema> & BudgetRequest,
): Promise<z.infer<typeof budgetReleasedSchema>> {
  const asked = await decide(ctx, input);
  const released = await releaseHolds(ctx, [input.id], releaseMs);
  const { holds } = await getBudget(ctx, input.id);
  return { asked, released, held: holds.count };
}

/** @returns how many steps are to go on */
function decide(ctx: TriageContext, input: Parameters<typeof releaseBudget>[1]): Promise<number> {
  const { id, steps, force, reason = null, actor, idempotencyKey } = input;
  const request = { budgetId: id, force: force ? 1 : 0, steps: steps?.join(",") ?? "all" };
  const change = { action: "budget.release", actor, idempotencyKey, request } as const;
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const { holds, excessNanoUsd } = await getBudget({ ...ctx, db: tx }, id);
    const repeated = await findRepeated(tx, change);
    if (repeated !== undefined) return Number(repeated.asked);
    const which = and(
      eq(budgetHolds.budgetId, id),
      isNull(budgetHolds.until),
      steps && inArray(budgetHolds.stepId, steps),
    );
    const named = force
      ? await tx.update(budgetHolds).set({ forced: true }).where(which).returning({ id: budgetHolds.id })
      : await tx.select({ id: budgetHolds.id }).from(budgetHolds).where(which);
    const before = { held: holds.count, neededNanoUsd: holds.neededNanoUsd, excessNanoUsd };
    const after = { asked: named.length };
    await recordAudit(tx, { ...change, fileId: null, reason, before, after }, now);
    return named.length;
  });
}
