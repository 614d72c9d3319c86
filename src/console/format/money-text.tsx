"use client";

import { formatMoney, formatMoneyExactly } from "./money.ts";

/** An amount, with all its digits when pointed at. */
export function MoneyText({ nanoUsd }: { nanoUsd: string | bigint }) {
  const read = formatMoney(nanoUsd);
  const exact = formatMoneyExactly(nanoUsd);
  if (BigInt(nanoUsd) === 0n || read === exact) return <span>{read}</span>;
  return <span data-hint={exact}>{read}</span>;
}
