import type { z } from "@hono/zod-openapi";
import { ledgerTotalsSchema } from "../../costs/ledger/ledger-view.ts";
import { billSchema } from "../../costs/plans/plan-view.ts";
import { quotaRowSchema, quotaRows } from "../../costs/plans/quota-rows.ts";
import { breakdownRowSchema, breakdownRows } from "../../costs/reports/breakdown-rows.ts";
import { costChartSchema, costSummarySchema } from "../../costs/reports/cost-views.ts";
import { truthSchema } from "../../costs/truth/truth-view.ts";
import { attemptRowSchema, attemptsOfFile } from "../../pipeline/files/attempt-rows.ts";
import { fileViewSchema } from "../../pipeline/files/file-view.ts";
import { planViewSchema } from "../../triage/plans/plan-view.ts";
import { reconciliationViewSchema } from "../../triage/reconciliation/reconciliation-view.ts";
import { receiptRowSchema, receiptRows } from "../../triage/requeues/receipt-rows.ts";
import { requeueViewSchema } from "../../triage/requeues/requeue-view.ts";
import { matchesRoute } from "./matches-route.ts";

/** A table within an answer that is no list. */
export interface AnswerTable {
  /** The route of the API that gives the answer. */
  readonly route: string;
  /** What it is called, for the name of its file. */
  readonly name: string;
  /** What a row is; its fields are the columns. */
  readonly row: z.ZodType;
  /** The rows of an answer. */
  readonly rowsOf: (answer: unknown) => readonly unknown[];
}

function tableOf<Answer, Row>(table: {
  route: string;
  name: string;
  answer: z.ZodType<Answer>;
  row: z.ZodType<Row>;
  rows: (answer: Answer) => readonly Row[];
}): AnswerTable {
  const { route, name, answer, row, rows } = table;
  return { route, name, row, rowsOf: (given) => rows(answer.parse(given)) };
}

/** The tables within answers that are no lists, one an answer. */
export const answerTables: readonly AnswerTable[] = [
  tableOf({
    ...{ route: "/api/v1/costs", name: "breakdown" },
    ...{ answer: costChartSchema, row: breakdownRowSchema, rows: breakdownRows },
  }),
  tableOf({
    ...{ route: "/api/v1/costs/bill", name: "quota" },
    ...{ answer: billSchema, row: quotaRowSchema, rows: quotaRows },
  }),
  tableOf({
    ...{ route: "/api/v1/costs/summary", name: "waste" },
    answer: costSummarySchema,
    row: costSummarySchema.shape.waste.shape.kinds.element,
    rows: ({ waste }) => waste.kinds,
  }),
  tableOf({
    ...{ route: "/api/v1/costs/truth", name: "lines" },
    answer: truthSchema,
    row: truthSchema.shape.lines.element,
    rows: ({ lines }) => lines,
  }),
  tableOf({
    ...{ route: "/api/v1/files/{id}", name: "attempts" },
    ...{ answer: fileViewSchema, row: attemptRowSchema, rows: attemptsOfFile },
  }),
  tableOf({
    ...{ route: "/api/v1/ledger/totals", name: "meters" },
    answer: ledgerTotalsSchema,
    row: ledgerTotalsSchema.shape.meters.element,
    rows: ({ meters }) => meters,
  }),
  tableOf({
    ...{ route: "/api/v1/plans/{id}", name: "budgets" },
    answer: planViewSchema,
    row: planViewSchema.shape.budgets.element,
    rows: ({ budgets }) => budgets,
  }),
  tableOf({
    ...{ route: "/api/v1/reconciliations/{id}", name: "classes" },
    answer: reconciliationViewSchema,
    row: reconciliationViewSchema.shape.classes.element,
    rows: ({ classes }) => classes,
  }),
  tableOf({
    ...{ route: "/api/v1/requeues/{id}", name: "receipt" },
    ...{ answer: requeueViewSchema, row: receiptRowSchema, rows: receiptRows },
  }),
];

/** The table within the answer of a path of the API; undefined for lists, and for answers that have none. */
export function tableAt(path: string): AnswerTable | undefined {
  return answerTables.find(({ route }) => matchesRoute(route, path));
}
