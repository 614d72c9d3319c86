import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ledgerTotalsSchema } from "../../../costs/ledger/ledger-view.ts";
import { costChartSchema, costSummarySchema, dearestFilesSchema } from "../../../costs/reports/cost-views.ts";
import { getJson } from "../../api-client.ts";
import type { CostsSpan } from "./costs-span.model.ts";
import type { CostsFilter, Dimension } from "./costs-state.ts";

const refreshMs = 10_000;
/** How many of the dearest files are shown. */
const filesShown = 20;

const live = { refetchInterval: refreshMs, placeholderData: keepPreviousData };

/** Which costs are drawn, and by what they are told apart. */
export interface CostChartAsked {
  readonly span: CostsSpan;
  readonly by: Dimension;
  readonly filter: CostsFilter;
  readonly timeZone: string;
}

/** Which costs are drawn, as the API takes it. */
export function costChartQueryOf({ span, by, filter, timeZone }: CostChartAsked) {
  return { ...span, ...filter, by, timeZone };
}

/** Costs over time, told apart by one thing. */
export function costChartQuery(asked: CostChartAsked) {
  return queryOptions({
    queryKey: ["costs", "chart", asked],
    queryFn: ({ signal }) =>
      getJson("/api/v1/costs", costChartSchema, { query: costChartQueryOf(asked), signal }),
    ...live,
  });
}

/** What was spent in a span, what of it for nothing, and what a thousand pages cost. */
export function costSummaryQuery(span: CostsSpan, project: string) {
  const { from, to } = span;
  return queryOptions({
    queryKey: ["costs", "summary", from, to, project],
    queryFn: ({ signal }) =>
      getJson("/api/v1/costs/summary", costSummarySchema, { query: projectQueryOf(span, project), signal }),
    ...live,
  });
}

/** What narrows the meters, as the API takes it. */
export function meterTotalsQueryOf({ from, to }: CostsSpan, filter: CostsFilter) {
  return { from, to, ...filter };
}

/** What each meter counted, and what that came to. */
export function meterTotalsQuery(span: CostsSpan, filter: CostsFilter) {
  const { from, to } = span;
  return queryOptions({
    queryKey: ["costs", "meters", from, to, filter],
    queryFn: ({ signal }) =>
      getJson("/api/v1/ledger/totals", ledgerTotalsSchema, {
        query: meterTotalsQueryOf(span, filter),
        signal,
      }),
    ...live,
  });
}

/** What narrows the figures of a project, as the API takes it. */
export function projectQueryOf({ from, to }: CostsSpan, project: string) {
  return { from, to, project };
}

/** The dearest files of those whose newest run ended in these days. */
export function dearestFilesQuery(span: CostsSpan, project: string) {
  const { from, to } = span;
  return queryOptions({
    queryKey: ["costs", "files", from, to, project],
    queryFn: ({ signal }) =>
      getJson("/api/v1/costs/files", dearestFilesSchema, {
        query: { ...projectQueryOf(span, project), limit: filesShown },
        signal,
      }),
    ...live,
  });
}
