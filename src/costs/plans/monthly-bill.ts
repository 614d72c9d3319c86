import type { DbContext } from "../../db/context.ts";
import { ledgerLink } from "../ledger/ledger-link.ts";
import { units } from "../prices/units.ts";
import { readRollup } from "../rollups/read-rollup.ts";
import { costRollup } from "../rollups/rollup.ts";
import { freePart } from "./free-part.ts";
import { plansOf } from "./list-plans.ts";
import { spanOfMonth } from "./month.ts";
import type { Bill, PlanView } from "./plan-view.ts";

type ProviderBill = Bill["providers"][number];
interface UsedMeter {
  readonly provider: string;
  readonly meter: string;
  readonly quantity: bigint;
  readonly nanoUsd: bigint;
}

/**
 * What the invoices of a month of UTC should come to: the ledger, less what the plans include, and the plans' own
 * prices. The ledger itself has everything at its full price, as no single document uses up a free tier.
 */
export async function monthlyBill(ctx: Pick<DbContext, "db" | "clock">, month: string): Promise<Bill> {
  const span = spanOfMonth(month);
  const [plans, rows] = await Promise.all([
    plansOf(ctx, month),
    readRollup(ctx.db, costRollup, { boundaries: [span.from, span.to], by: ["provider", "meter"] }),
  ]);
  const used = rows.map(({ key, sums }) => ({
    provider: key.provider ?? "",
    meter: key.meter ?? "",
    quantity: sums.quantity ?? 0n,
    nanoUsd: sums.nano_usd ?? 0n,
  }));
  const names = [...new Set([...used.map(({ provider }) => provider), ...plans.keys()])].sort();
  const providers = names.map((provider) =>
    billOf(
      provider,
      plans.get(provider) ?? null,
      used.filter((one) => one.provider === provider),
      span,
    ),
  );
  const sum = (of: (bill: ProviderBill) => string) =>
    providers.reduce((total, bill) => total + BigInt(of(bill)), 0n).toString();
  return {
    month,
    nanoUsd: sum(({ nanoUsd }) => nanoUsd),
    freeNanoUsd: sum(({ freeNanoUsd }) => freeNanoUsd),
    plansNanoUsd: sum(({ plan }) => plan?.monthlyNanoUsd ?? "0"),
    billNanoUsd: sum(({ billNanoUsd }) => billNanoUsd),
    providers,
  };
}

function billOf(
  provider: string,
  plan: PlanView | null,
  used: readonly UsedMeter[],
  { from, to }: { from: Date; to: Date },
): ProviderBill {
  const known = new Map<string, string>(Object.entries(units));
  const parts = used.map((one) => {
    const allowance = plan?.allowances.find(({ meter }) => meter === one.meter)?.quantity ?? 0;
    return { ...one, free: freePart(one, allowance) };
  });
  const nanoUsd = parts.reduce((total, part) => total + part.nanoUsd, 0n);
  const freeNanoUsd = parts.reduce((total, part) => total + part.free.nanoUsd, 0n);
  const time = { from: from.toISOString(), to: to.toISOString() };
  return {
    provider,
    plan,
    nanoUsd: nanoUsd.toString(),
    freeNanoUsd: freeNanoUsd.toString(),
    billNanoUsd: (nanoUsd - freeNanoUsd + BigInt(plan?.monthlyNanoUsd ?? "0")).toString(),
    lines: parts
      .toSorted((a, b) => a.meter.localeCompare(b.meter))
      .map(({ meter, quantity, free, nanoUsd: amount }) => ({
        meter,
        unit: known.get(meter) ?? "",
        quantity: quantity.toString(),
        freeQuantity: free.quantity.toString(),
        nanoUsd: amount.toString(),
        freeNanoUsd: free.nanoUsd.toString(),
        ledger: ledgerLink({ provider, meter, ...time }),
      })),
  };
}
