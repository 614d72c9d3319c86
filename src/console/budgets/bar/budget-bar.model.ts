import type { BudgetView } from "../../../costs/budgets/budget-view.ts";

/** A stretch of a bar; `from` and `to` are parts of the whole bar, 0 to 1. */
interface BarPart {
  readonly kind: "settled" | "reserved" | "excess";
  readonly from: number;
  readonly to: number;
}

/** What a budget's bar shows. Places are parts of the whole bar, 0 to 1. */
export interface BudgetBar {
  readonly parts: readonly BarPart[];
  /** Where the limit is: at the end, unless the budget stands above it. */
  readonly limitAt: number;
  readonly thresholds: readonly {
    readonly percent: number;
    readonly at: number;
    readonly crossed: boolean;
  }[];
}

type Amounts = Pick<
  BudgetView,
  "limitNanoUsd" | "settledNanoUsd" | "reservedNanoUsd" | "thresholds" | "alerts"
>;

/** The bar of a budget: what is settled, then what is reserved, and of both what stands above the limit. Pure. */
export function budgetBar(budget: Amounts): BudgetBar {
  const limit = BigInt(budget.limitNanoUsd);
  const settled = BigInt(budget.settledNanoUsd);
  const used = settled + BigInt(budget.reservedNanoUsd);
  const whole = used > limit ? used : limit;
  const place = (amount: bigint) => (whole === 0n ? 0 : Number((amount * 100_000n) / whole) / 100_000);
  const within = (amount: bigint) => place(amount < limit ? amount : limit);
  const ends = [
    { kind: "settled", from: 0, to: within(settled) },
    { kind: "reserved", from: within(settled), to: within(used) },
    { kind: "excess", from: place(limit), to: place(used) },
  ] as const;
  const crossed = new Set(budget.alerts.map(({ percent }) => percent));
  const limitAt = whole === 0n ? 1 : place(limit);
  return {
    parts: ends.filter(({ from, to }) => to > from),
    limitAt,
    // The one at the limit is the end of the bar itself.
    thresholds: budget.thresholds
      .filter((percent) => percent !== 100 && (limitAt * percent) / 100 <= 1)
      .map((percent) => ({ percent, at: (limitAt * percent) / 100, crossed: crossed.has(percent) })),
  };
}

/** The bar in words, for whoever does not see it: "80 % settled, 5 % reserved, 15 % free". */
export function barText(budget: Amounts): string {
  const limit = BigInt(budget.limitNanoUsd);
  const settled = BigInt(budget.settledNanoUsd);
  const reserved = BigInt(budget.reservedNanoUsd);
  const percent = (amount: bigint) => (limit === 0n ? 0 : Number((amount * 1000n) / limit) / 10);
  const rest = limit - settled - reserved;
  const end = rest < 0n ? `${percent(-rest)} % above the limit` : `${percent(rest)} % free`;
  return `${percent(settled)} % settled, ${percent(reserved)} % reserved, ${end}`;
}
