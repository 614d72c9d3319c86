import type { Options } from "csv-stringify";
import { stringify } from "csv-stringify/sync";
import type { DbContext } from "../../db/context.ts";
import type { AuditFilter } from "./audit-filter.ts";
import type { AuditEntryView } from "./audit-view.ts";
import { listAudit } from "./list-audit.ts";

/** How many entries an export has at most, the newest first; what is older is asked for by a span of time. */
const auditExportCap = 100_000;

/** How many entries are read at once. */
const pageSize = 1_000;

const columns = [
  ...["at", "who", "who_id", "via", "action", "file", "file_id", "project", "reason"],
  ...["address_hash", "user_agent", "request", "before", "after", "entry_id"],
];
// A text that a spreadsheet would take for a formula is made a text.
const options: Options = { escape_formulas: true };

/**
 * The entries that a filter lets through, newest first and page by page, so that none is held but the last. CSV has
 * its facts as JSON in a cell; JSON is one array. The newest 100,000 are given, and no word is said after them: whoever
 * asks is told of the cap before.
 * @param show an entry as whoever asks may see it
 */
export async function* exportAudit(
  ctx: Pick<DbContext, "db">,
  filter: AuditFilter,
  form: "csv" | "json",
  show: (entry: AuditEntryView) => AuditEntryView,
): AsyncGenerator<string> {
  yield form === "csv" ? stringify([columns]) : "[";
  let cursor: string | null = null;
  let given = 0;
  do {
    const page = await listAudit(ctx, { ...filter, limit: pageSize, cursor });
    const items = page.items.map(show);
    if (form === "csv") yield stringify(items.map(cellsOf), options);
    else if (items.length > 0)
      yield (given === 0 ? "\n" : ",\n") + items.map((entry) => JSON.stringify(entry)).join(",\n");
    given += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && given < auditExportCap);
  if (form === "json") yield "\n]\n";
}

function cellsOf(entry: AuditEntryView): string[] {
  return [
    ...[entry.at, entry.keyName, entry.keyId, entry.via, entry.action],
    ...[entry.fileName ?? "", entry.fileId ?? "", entry.project ?? "", entry.reason ?? ""],
    ...[entry.addressHash ?? "", entry.userAgent ?? ""],
    ...[entry.request, entry.before, entry.after].map((facts) => JSON.stringify(facts)),
    entry.id,
  ];
}
