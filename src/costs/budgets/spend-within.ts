import type { Spending } from "./lease-scope.ts";
import type { Leases } from "./leases.ts";

/**
 * Buys something within the budgets: sets aside the most that it may cost, lets it be bought, puts down what it
 * was and gives back the rest. What was bought before a fault is put down too. Where the process dies in between,
 * the tick puts down the most (settle-abandoned.ts).
 * @param buy is given what puts a line's real quantity down; a line that it does not put down costs nothing
 * @throws WaybillError budget_exhausted when a hard budget has no room: then nothing was bought
 */
export async function spendWithin<Result>(
  { leases }: { readonly leases: Leases },
  spending: Spending,
  buy: (bought: (line: number, quantity: number) => void) => Promise<Result>,
): Promise<Result> {
  const share = await leases.take(spending);
  const bought = new Map<number, number>();
  try {
    return await buy((line, quantity) => bought.set(line, quantity));
  } finally {
    await share.settle(bought);
  }
}
