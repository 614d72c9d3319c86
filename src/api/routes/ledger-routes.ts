import { createRoute, z } from "@hono/zod-openapi";
import { exportLedger } from "../../costs/ledger/export-ledger.ts";
import { ledgerEntryViewSchema, ledgerTotalsSchema } from "../../costs/ledger/ledger-view.ts";
import { listLedger } from "../../costs/ledger/list-ledger.ts";
import { sumLedger } from "../../costs/ledger/sum-ledger.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { ledgerQuery, toLedgerFilter } from "../ledger-query.ts";
import { pageQuery } from "../page-query.ts";
import { streamText } from "../stream-text.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/ledger",
  summary: "The entries of the ledger, newest first",
  request: { query: ledgerQuery.extend(pageQuery({ default: 50, max: 500 }).shape) },
  responses: { 200: json(listOf(ledgerEntryViewSchema), "A page of entries"), ...refusals(400, 404) },
});

const totals = createRoute({
  method: "get",
  path: "/api/v1/ledger/totals",
  summary: "What the entries of the ledger come to",
  request: { query: ledgerQuery },
  responses: { 200: json(ledgerTotalsSchema, "Totals"), ...refusals(400, 404) },
});

const csv = createRoute({
  method: "get",
  path: "/api/v1/ledger.csv",
  summary: "The entries of the ledger as CSV, newest first",
  request: { query: ledgerQuery },
  responses: {
    200: {
      description: "A header and one line an entry; amounts in nano-USD and in dollars",
      content: { "text/csv": { schema: z.string() } },
    },
    ...refusals(400, 404),
  },
});

/** Adds the ledger. */
export function addLedgerRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null, ...query } = c.req.valid("query");
    const filter = await toLedgerFilter(ctx, query);
    return c.json(await listLedger(ctx, { filter, limit, cursor }), 200);
  });
  api.openapi(totals, async (c) => {
    return c.json(await sumLedger(ctx, await toLedgerFilter(ctx, c.req.valid("query"))), 200);
  });
  api.openapi(csv, async (c) => {
    const lines = exportLedger(ctx, await toLedgerFilter(ctx, c.req.valid("query")));
    return c.body(streamText(lines), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="ledger.csv"',
    });
  });
}
