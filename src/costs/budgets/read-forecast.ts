import { inArray } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { projects } from "../../db/schema/projects.ts";
import { type CostScope, sumCostsBetween } from "../rollups/sum-costs.ts";
import type { BudgetView, CoursePoint, ForecastBudget } from "./budget-view.ts";
import { type Forecast, forecast } from "./forecast.ts";

const quarterMs = 15 * 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const historyHours = 4 * 168;
/** How far the course of a budget without a window is shown, back and ahead, in days. */
const totalDays = 30;

/** What must be known of a budget to say how its window goes on. */
type Counted = Pick<
  BudgetView,
  "id" | "scope" | "project" | "step" | "windowStart" | "windowEnd" | "limitNanoUsd" | "settledNanoUsd"
>;

/** Budgets with how their windows go on. */
export async function withForecasts<Budget extends Counted>(
  ctx: DbContext,
  budgets: readonly Budget[],
): Promise<(Budget & Pick<ForecastBudget, "forecast">)[]> {
  const forecasts = await forecastsOf(ctx, budgets);
  return budgets.map((budget) => ({ ...budget, forecast: viewOf(forecasts.get(budget.id)) }));
}

/** A budget with its forecast, and its course from the beginning of its window to the end. */
export async function withCourse(
  ctx: DbContext,
  budget: BudgetView,
): Promise<ForecastBudget & { course: CoursePoint[] }> {
  const expected = (await forecastsOf(ctx, [budget])).get(budget.id);
  const course = expected === undefined ? [] : await courseOf(ctx, budget, expected);
  return { ...budget, forecast: viewOf(expected), course };
}

function viewOf(expected: Forecast | undefined): ForecastBudget["forecast"] {
  if (expected === undefined) return null;
  const { basis, atEnd, usedUpMs } = expected;
  return {
    basis,
    atEndNanoUsd: atEnd === null ? null : digits(atEnd),
    usedUpAt: usedUpMs === null ? null : new Date(usedUpMs).toISOString(),
  };
}

/** Budgets of the same subject share their history. */
async function forecastsOf(
  ctx: DbContext,
  budgets: readonly Counted[],
): Promise<ReadonlyMap<string, Forecast>> {
  const nowMs = ctx.clock.now().getTime();
  const counted = budgets.filter(({ scope }) => scope !== "file");
  const scopes = await scopesOf(ctx, counted);
  const histories = new Map<string, Promise<bigint[]>>();
  const found = await Promise.all(
    counted.map(async (budget) => {
      const scope = scopes.get(budget.id) ?? {};
      const key = `${scope.projectId} ${scope.step}`;
      const history = histories.get(key) ?? sumCostsBetween(ctx.db, scope, lastHours(nowMs));
      histories.set(key, history);
      const input = {
        nowMs,
        startMs: budget.windowStart === null ? 0 : Date.parse(budget.windowStart),
        endMs: budget.windowEnd === null ? null : Date.parse(budget.windowEnd),
        limit: Number(budget.limitNanoUsd),
        settled: Number(budget.settledNanoUsd),
        lastHours: (await history).map(Number),
      };
      return [budget.id, forecast(input)] as const;
    }),
  );
  return new Map(found);
}

async function scopesOf(
  { db }: Pick<DbContext, "db">,
  budgets: readonly Counted[],
): Promise<ReadonlyMap<string, CostScope>> {
  const slugs = [...new Set(budgets.flatMap(({ project }) => project ?? []))];
  const rows =
    slugs.length === 0
      ? []
      : await db
          .select({ id: projects.id, slug: projects.slug })
          .from(projects)
          .where(inArray(projects.slug, slugs));
  const ids = new Map(rows.map(({ slug, id }) => [slug, id]));
  return new Map(
    budgets.map(({ id, project, step }) => [
      id,
      { projectId: project === null ? undefined : ids.get(project), step: step ?? undefined },
    ]),
  );
}

/** The ends of the last whole hours, of four weeks. */
function lastHours(nowMs: number): Date[] {
  const lastMs = Math.floor(nowMs / hourMs) * hourMs;
  return Array.from({ length: historyHours + 1 }, (_, at) => new Date(lastMs - (historyHours - at) * hourMs));
}

async function courseOf(ctx: DbContext, budget: BudgetView, expected: Forecast): Promise<CoursePoint[]> {
  const nowMs = ctx.clock.now().getTime();
  const marks = marksOf(budget, nowMs);
  const past = marks.filter((ms) => ms <= nowMs);
  const scope = (await scopesOf(ctx, [budget])).get(budget.id) ?? {};
  const sums = await sumCostsBetween(
    ctx.db,
    scope,
    past.map((ms) => new Date(ms)),
  );
  // What a window without a beginning had spent before the first mark.
  const settled = BigInt(budget.settledNanoUsd);
  let sum = budget.windowStart === null ? settled - total(sums) - (await sinceLast(ctx, scope, past)) : 0n;
  const points: CoursePoint[] = past.map((ms, at) => {
    if (at > 0) sum += sums[at - 1] ?? 0n;
    return point(ms, sum.toString(), null);
  });
  points.push(point(nowMs, budget.settledNanoUsd, budget.settledNanoUsd));
  const ahead = marks.filter((ms) => ms > nowMs);
  return [...points, ...ahead.map((ms) => point(ms, null, digits(expected.settledAt(ms))))];
}

/** What was spent since the last mark. */
async function sinceLast(ctx: DbContext, scope: CostScope, past: readonly number[]): Promise<bigint> {
  const from = new Date(past.at(-1) ?? 0);
  return total(await sumCostsBetween(ctx.db, scope, [from, new Date(from.getTime() + 2 * dayMs)]));
}

/** The times at which a course has a point: quarter hours of an hour, hours of a day, days of more. */
function marksOf({ window, windowStart, windowEnd }: BudgetView, nowMs: number): number[] {
  const stepMs = window === "hour" ? quarterMs : window === "day" ? hourMs : dayMs;
  const today = Math.floor(nowMs / dayMs) * dayMs;
  const fromMs = windowStart === null ? today - totalDays * dayMs : Date.parse(windowStart);
  const toMs = windowEnd === null ? today + totalDays * dayMs : Date.parse(windowEnd);
  const marks: number[] = [];
  for (let ms = fromMs; ms < toMs; ms += stepMs) marks.push(ms);
  return [...marks, toMs];
}

function point(ms: number, settledNanoUsd: string | null, expectedNanoUsd: string | null): CoursePoint {
  return { at: new Date(ms).toISOString(), settledNanoUsd, expectedNanoUsd };
}

function total(sums: readonly bigint[]): bigint {
  return sums.reduce((sum, nano) => sum + nano, 0n);
}

function digits(nano: number): string {
  return BigInt(Math.round(nano)).toString();
}
