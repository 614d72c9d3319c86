import { z } from "zod";
import type { BudgetView } from "../../costs/budgets/budget-view.ts";
import { openBudget } from "../../costs/budgets/open-budget.ts";
import { getBudget } from "../../costs/budgets/read-budgets.ts";
import { budgetModes, budgetScopes, budgetWindows } from "../../db/budget-kinds.ts";
import type { DbContext } from "../../db/context.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { stepNames } from "../../pipeline/graph.ts";
import { findProject } from "../../pipeline/projects/find-project.ts";
import { findRepeated } from "../find-repeated.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { budgetFacts } from "./budget-facts.ts";
import { limitSchema, thresholdsSchema } from "./budget-input.ts";

/** What a step budget may be for: the steps of the graph, and searches. */
const budgetedSteps = [...stepNames, "search"] as const;

/** A budget as it is asked for. */
export const newBudgetSchema = z
  .strictObject({
    scope: z.enum(budgetScopes).describe("`file` caps every single file, of the project where one is named"),
    project: z.string().min(1).optional().describe("slug"),
    step: z.enum(budgetedSteps).optional(),
    window: z.enum(budgetWindows),
    limitNanoUsd: limitSchema,
    mode: z.enum(budgetModes).describe("`hard`: what it has no room for is not begun; `soft`: it only tells"),
    thresholds: thresholdsSchema.default([50, 80, 100]),
    timeZone: z
      .string()
      .refine(isTimeZone, "not an IANA time zone")
      .default("UTC")
      .describe("in which days and months begin"),
    reason: z.string().trim().min(1).max(500).optional().describe("kept in the audit log"),
  })
  .refine(
    ({ scope, project }) =>
      scope === "deployment" ? project === undefined : scope === "file" || project !== undefined,
    {
      message: "scopes `project` and `project-step` need a project, `deployment` has none",
      path: ["project"],
    },
  )
  .refine(({ scope, step }) => (scope === "project-step") === (step !== undefined), {
    message: "scope `project-step` needs a step, the others have none",
    path: ["step"],
  });

/** Who changes a budget, and under which name the request may be sent again. */
export interface BudgetRequest {
  readonly actor: Actor;
  readonly idempotencyKey: string | null;
}

/**
 * Makes a budget, which begins with what its window has spent and what is set aside already.
 * @throws WaybillError project_not_found, budget_exists, idempotency_key_reused
 */
export async function createBudget(
  ctx: DbContext,
  input: z.output<typeof newBudgetSchema> & BudgetRequest,
): Promise<BudgetView> {
  const { actor, idempotencyKey, reason = null, thresholds, ...asked } = input;
  const project = asked.project === undefined ? null : await findProject(ctx, asked.project);
  const place = { project: project?.slug ?? null, step: asked.step ?? null };
  const request = { ...asked, ...place, thresholds: thresholds.join(",") };
  const change = { action: "budget.create", actor, idempotencyKey, request } as const;
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const repeated = await findRepeated(tx, change);
    if (repeated !== undefined) return getBudget({ ...ctx, db: tx }, String(repeated.budgetId));
    const budget = {
      id: newId("budget", now),
      scope: asked.scope,
      projectId: project?.id ?? null,
      step: place.step,
      timeWindow: asked.window,
      timeZone: asked.timeZone,
      limitNanoUsd: BigInt(asked.limitNanoUsd),
      mode: asked.mode,
      thresholds,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await openBudget(tx, budget, now))) throw new WaybillError("budget_exists");
    const made = await getBudget({ ...ctx, db: tx }, budget.id);
    await recordAudit(tx, { ...change, fileId: null, reason, before: {}, after: budgetFacts(made) }, now);
    return made;
  });
}

function isTimeZone(name: string): boolean {
  return name === "UTC" || Intl.supportedValuesOf("timeZone").includes(name);
}
