import type { LedgerEntryView } from "../../../costs/ledger/ledger-view.ts";
import { sumNanoUsd } from "../../format/money.ts";

/** What one meter came to at one unit price. */
export interface MeterCost {
  readonly key: string;
  readonly meter: string;
  readonly provider: string;
  /** The model; null where a meter has none. */
  readonly model: string | null;
  readonly unit: string;
  readonly unitNanoUsd: string;
  readonly quantity: number;
  readonly nanoUsd: bigint;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  readonly entries: number;
  /** How many of the entries are estimates, because the worker was lost before it could settle. */
  readonly estimated: number;
}

/** The ledger by meter, dearest first. A meter whose price changed has a row for each price. */
export function costsByMeter(entries: readonly LedgerEntryView[]): MeterCost[] {
  const total = sumNanoUsd(entries.map(({ nanoUsd }) => nanoUsd));
  const groups = Map.groupBy(entries, ({ meter, provider, model, unitNanoUsd }) =>
    [meter, provider, model, unitNanoUsd].join(" "),
  );
  return [...groups]
    .flatMap(([key, group]) => meterCost(key, group, total))
    .sort((a, b) => Number(b.nanoUsd - a.nanoUsd) || a.key.localeCompare(b.key));
}

function meterCost(key: string, group: readonly LedgerEntryView[], total: bigint): MeterCost[] {
  const [first] = group;
  if (first === undefined) return [];
  const nanoUsd = sumNanoUsd(group.map((entry) => entry.nanoUsd));
  return [
    {
      key,
      meter: first.meter,
      provider: first.provider,
      model: first.model === "*" || first.model === "" ? null : first.model,
      unit: first.unit,
      unitNanoUsd: first.unitNanoUsd,
      quantity: group.reduce((sum, entry) => sum + entry.quantity, 0),
      nanoUsd,
      share: total === 0n ? 0 : Number((nanoUsd * 10_000n) / total) / 10_000,
      entries: group.length,
      estimated: group.filter(({ estimated }) => estimated).length,
    },
  ];
}

/** The ledger by step in the order of first appearance, oldest first. */
export function costsByStep(entries: readonly LedgerEntryView[]): { step: string; nanoUsd: bigint }[] {
  const oldestFirst = [...entries].sort((a, b) => a.at.localeCompare(b.at));
  return [...Map.groupBy(oldestFirst, ({ step }) => step)].map(([step, group]) => ({
    step,
    nanoUsd: sumNanoUsd(group.map(({ nanoUsd }) => nanoUsd)),
  }));
}
