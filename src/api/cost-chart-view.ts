import { type LedgerLink, ledgerLink } from "../costs/ledger/ledger-link.ts";
import type { CostChart, CostSeries, costDimensions } from "../costs/reports/cost-series.ts";
import type { CostChartView } from "../costs/reports/cost-views.ts";

/** A chart as the API shows it, each figure with what opens its entries. */
export function costChartView(
  { boundaries, series, nanoUsd }: CostChart,
  asked: {
    by: (typeof costDimensions)[number];
    query: LedgerLink;
    nameOf: (key: string | null) => string | null;
  },
): CostChartView {
  const times = boundaries.map((at) => at.toISOString());
  const whole = { from: times[0], to: times.at(-1) };
  const linkOf = ({ key, others }: CostSeries, span: LedgerLink) =>
    others ? null : ledgerLink({ ...asked.query, [asked.by]: asked.nameOf(key) ?? none(asked.by), ...span });
  return {
    boundaries: times,
    nanoUsd: nanoUsd.toString(),
    ledger: ledgerLink({ ...asked.query, ...whole }),
    series: series.map((line) => ({
      key: asked.nameOf(line.key),
      others: line.others,
      nanoUsd: line.nanoUsd.toString(),
      ledger: linkOf(line, whole),
      points: line.points.map((point, at) => ({
        nanoUsd: point.nanoUsd.toString(),
        entries: Number(point.entries),
        ledger: linkOf(line, { from: times[at], to: times[at + 1] }),
      })),
    })),
  };
}

/** How a filter says that something has no project, or was not for nothing. */
function none(by: string): string | undefined {
  return { project: "-", waste: "none" }[by];
}
