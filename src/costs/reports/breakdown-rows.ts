import { z } from "zod";
import { type CostChartView, costChartSchema } from "./cost-views.ts";
import { shareOf } from "./share-of.ts";

const { key, others, nanoUsd, ledger } = costChartSchema.shape.series.element.shape;

/** What one line of a chart of costs came to over its whole time. */
export const breakdownRowSchema = z.object({
  ...{ key, others, nanoUsd },
  share: z.number().describe("of the whole, 0 to 1"),
  entries: z.number().int(),
  ledger,
});

export type BreakdownRow = z.infer<typeof breakdownRowSchema>;

/** What each line of a chart came to, dearest first. Pure. */
export function breakdownRows(chart: CostChartView): BreakdownRow[] {
  return chart.series.map((line) => ({
    ...{ key: line.key, others: line.others, nanoUsd: line.nanoUsd },
    share: shareOf(line.nanoUsd, chart.nanoUsd),
    entries: line.points.reduce((sum, { entries }) => sum + entries, 0),
    ledger: line.ledger,
  }));
}
