import { asc, desc } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { plans } from "../../db/schema/plans.ts";
import { units } from "../prices/units.ts";
import { monthOf } from "./month.ts";
import type { PlanView } from "./plan-view.ts";

type Row = typeof plans.$inferSelect;

/** The plans with their history: by provider, of each the latest first. */
export async function listPlans(ctx: Pick<DbContext, "db" | "clock">): Promise<PlanView[]> {
  const rows = await ctx.db
    .select()
    .from(plans)
    .orderBy(asc(plans.provider), desc(plans.fromMonth), desc(plans.revision));
  return rows.map((row) => planView(row, rows, monthOf(ctx.clock.now())));
}

/** The plan of each provider that holds in a month. */
export async function plansOf(
  ctx: Pick<DbContext, "db" | "clock">,
  month: string,
): Promise<Map<string, PlanView>> {
  const begun = (await listPlans(ctx)).filter(({ from }) => from <= month);
  // The latest of each comes first.
  return new Map(begun.toReversed().map((plan) => [plan.provider, plan]));
}

function planView(row: Row, all: readonly Row[], month: string): PlanView {
  const { monthlyNanoUsd, allowances, fromMonth, addedAt, ...rest } = row;
  const known = new Map<string, string>(Object.entries(units));
  return {
    ...rest,
    monthlyNanoUsd: monthlyNanoUsd.toString(),
    allowances: allowances.map((one) => ({ ...one, unit: known.get(one.meter) ?? "" })),
    from: fromMonth,
    status: statusOf(row, all, month),
    addedAt: addedAt.toISOString(),
  };
}

function statusOf({ provider, fromMonth, revision }: Row, all: readonly Row[], month: string) {
  const others = all.filter((other) => other.provider === provider);
  if (others.some((other) => other.fromMonth === fromMonth && other.revision > revision)) return "superseded";
  if (fromMonth > month) return "coming";
  const replaced = others.some((other) => other.fromMonth > fromMonth && other.fromMonth <= month);
  return replaced ? "past" : "current";
}
