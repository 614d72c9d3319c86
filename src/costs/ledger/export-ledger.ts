import type { Options } from "csv-stringify";
import { stringify } from "csv-stringify/sync";
import type { DbContext } from "../../db/context.ts";
import type { LedgerFilter } from "./ledger-filter.ts";
import type { LedgerEntryView } from "./ledger-view.ts";
import { listLedger } from "./list-ledger.ts";

/** How many entries are read at once. */
const pageSize = 1_000;

const columns = [
  "at",
  "project",
  "file",
  "file_id",
  "run_id",
  "step",
  "attempt_id",
  "meter",
  "provider",
  "model",
  "quantity",
  "unit",
  "unit_nano_usd",
  "nano_usd",
  "usd",
  "estimated",
  "adjusts",
  "waste",
  "entry_id",
] as const;
type Cells = Record<(typeof columns)[number], string | number | bigint>;

const options: Options = {
  columns: [...columns],
  // A name that a spreadsheet would take for a formula is made a text; numbers stay what they are.
  escape_formulas: true,
  // The only numbers are dollars.
  cast: { number: (usd) => usd.toFixed(9) },
};

/** The entries that a filter lets through as CSV, newest first, page by page, so that none is held but the last. */
export async function* exportLedger(
  ctx: Pick<DbContext, "db">,
  filter: LedgerFilter,
): AsyncGenerator<string> {
  yield stringify([], { ...options, header: true });
  let cursor: string | null = null;
  do {
    const page = await listLedger(ctx, { filter, limit: pageSize, cursor });
    yield stringify(page.items.map(toCells), options);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function toCells(entry: LedgerEntryView): Cells {
  return {
    at: entry.at,
    project: entry.project ?? "",
    file: entry.fileName ?? "",
    file_id: entry.fileId ?? "",
    run_id: entry.runId ?? "",
    step: entry.step,
    attempt_id: entry.attemptId ?? "",
    meter: entry.meter,
    provider: entry.provider,
    model: entry.model,
    quantity: BigInt(entry.quantity),
    unit: entry.unit,
    unit_nano_usd: entry.unitNanoUsd,
    nano_usd: BigInt(entry.nanoUsd),
    usd: Number(entry.nanoUsd) / 1e9,
    estimated: String(entry.estimated),
    adjusts: entry.adjusts ?? "",
    waste: entry.waste ?? "",
    entry_id: entry.id,
  };
}
