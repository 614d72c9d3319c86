import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { LedgerFilter } from "./ledger-filter.ts";
import type { LedgerEntryView } from "./ledger-view.ts";
import { newestEntries } from "./newest-entries.ts";
import { readEntries } from "./read-entries.ts";
import { withOwnerFile } from "./with-owner-file.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** A page of entries. */
interface LedgerPage {
  readonly items: LedgerEntryView[];
  readonly nextCursor: string | null;
}

/** The ledger, newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listLedger(
  { db }: Pick<DbContext, "db">,
  input: { filter: LedgerFilter } & PageRequest,
): Promise<LedgerPage> {
  const after = parseCursor(cursorKey, input.cursor);
  const filter = await withOwnerFile(db, input.filter);
  return toPage(await readEntries(db, newestEntries(filter, after, input.limit + 1), "newest first"), input);
}

/** The ledger entries of a file, oldest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listFileCosts(
  { db }: Pick<DbContext, "db">,
  input: { fileId: string } & PageRequest,
): Promise<LedgerPage> {
  const after = parseCursor(cursorKey, input.cursor);
  const since = after === null ? sql`` : sql`and (at, id) > (${after[0]}::timestamptz, ${after[1]})`;
  const ofFile = sql`(select * from ledger where file_id = ${input.fileId} ${since}
    order by at, id limit ${input.limit + 1})`;
  return toPage(await readEntries(db, ofFile, "oldest first"), input);
}

function toPage(found: readonly LedgerEntryView[], { limit }: PageRequest): LedgerPage {
  const { rows, last } = cutPage(found, limit);
  return { items: rows, nextCursor: last && formatCursor([last.at, last.id]) };
}
