import { asc, eq, isNull, sql } from "drizzle-orm";
import { fileOfKey } from "../costs/budgets/budget-keys.ts";
import { budgetLabel } from "../costs/budgets/budget-label.ts";
import { recordSpending } from "../costs/ledger/record-spending.ts";
import { budgetAlerts, budgets } from "../db/schema/budgets.ts";
import { projects } from "../db/schema/projects.ts";
import { deriveId } from "../kernel/ids.ts";
import { alertEntry } from "./alert-entry.ts";
import type { JobsContext } from "./context.ts";

/** Most alerts in one pass; the next tick takes the rest. */
const batchSize = 50;

/** What is told of a threshold that a budget has crossed. */
interface BudgetAlert {
  readonly kind: "budget";
  readonly budgetId: string;
  readonly budget: string;
  readonly percent: number;
  readonly settledNanoUsd: string;
  readonly reservedNanoUsd: string;
  readonly limitNanoUsd: string;
  readonly windowStart: string;
  readonly at: string;
  /** The file whose cap it is. */
  readonly fileId: string | null;
}

/**
 * Tells of the thresholds that budgets have crossed: in the log, and through QStash to the address that was set
 * for it. An alert that QStash does not take is told by the next tick; told twice, QStash delivers it once.
 * @returns how many were told
 */
export async function sendAlerts(ctx: JobsContext): Promise<number> {
  const found = await readUnsent(ctx);
  let told = 0;
  for (const alert of found) {
    const key = `${alert.budgetId}.${alert.key}.${alert.windowStart.getTime()}.${alert.percent}`;
    const body = toBody(alert);
    if (ctx.alertUrl !== undefined) {
      const id = deriveId("alert", key);
      try {
        await ctx.queue.notify({ url: ctx.alertUrl, body, deduplicationId: id });
      } catch (error) {
        ctx.log.warn({ err: error, alert: body }, "an alert could not be sent; the next tick tries again");
        return told;
      }
      await recordSpending(ctx, [alertEntry(id, ctx.clock.now())]);
    }
    ctx.log.warn({ alert: body }, "a budget has crossed a threshold");
    await markSent(ctx, alert);
    told += 1;
  }
  return told;
}

type AlertRow = Awaited<ReturnType<typeof readUnsent>>[number];

function readUnsent({ db }: Pick<JobsContext, "db">) {
  return db
    .select({
      budgetId: budgetAlerts.budgetId,
      key: budgetAlerts.key,
      percent: budgetAlerts.percent,
      windowStart: budgetAlerts.windowStart,
      settledNanoUsd: budgetAlerts.settledNanoUsd,
      reservedNanoUsd: budgetAlerts.reservedNanoUsd,
      limitNanoUsd: budgetAlerts.limitNanoUsd,
      at: budgetAlerts.at,
      budget: {
        scope: budgets.scope,
        project: projects.slug,
        step: budgets.step,
        timeWindow: budgets.timeWindow,
      },
    })
    .from(budgetAlerts)
    .innerJoin(budgets, eq(budgets.id, budgetAlerts.budgetId))
    .leftJoin(projects, eq(projects.id, budgets.projectId))
    .where(isNull(budgetAlerts.sentAt))
    .orderBy(asc(budgetAlerts.at))
    .limit(batchSize);
}

function toBody(row: AlertRow): BudgetAlert {
  return {
    kind: "budget",
    budgetId: row.budgetId,
    budget: budgetLabel(row.budget),
    percent: row.percent,
    settledNanoUsd: row.settledNanoUsd.toString(),
    reservedNanoUsd: row.reservedNanoUsd.toString(),
    limitNanoUsd: row.limitNanoUsd.toString(),
    windowStart: row.windowStart.toISOString(),
    at: row.at.toISOString(),
    fileId: fileOfKey(row.key),
  };
}

async function markSent({ db, clock }: Pick<JobsContext, "db" | "clock">, alert: AlertRow): Promise<void> {
  await db
    .update(budgetAlerts)
    .set({ sentAt: clock.now() })
    .where(
      sql`${budgetAlerts.budgetId} = ${alert.budgetId} and ${budgetAlerts.key} = ${alert.key}
        and ${budgetAlerts.windowStart} = ${alert.windowStart.toISOString()}::timestamptz
        and ${budgetAlerts.percent} = ${alert.percent}`,
    );
}
