import { and, eq, gte, lte, type SQL, sql } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { files } from "../db/schema/files.ts";
import { spans } from "../db/schema/spans.ts";
import { WaybillError } from "../kernel/errors.ts";

/** A span's time is its machine's; a file's is the one that recorded it. In ms. */
const clockSkewMs = 3_600_000;

/**
 * The condition that finds a file's spans over all its runs by their index, and leaves out the days before
 * the file was there and after it ended. Every span of a job names its file.
 * @throws WaybillError file_not_found
 */
export async function spansOfFile({ db }: Pick<DbContext, "db">, fileId: string): Promise<SQL | undefined> {
  const [file] = await db
    .select({ createdAt: files.createdAt, finishedAt: files.finishedAt })
    .from(files)
    .where(eq(files.id, fileId));
  if (file === undefined) throw new WaybillError("file_not_found", { details: { fileId } });
  return and(
    eq(spans.fileId, fileId),
    gte(spans.startedAt, new Date(file.createdAt.getTime() - clockSkewMs)),
    // No run begins a span after the file has ended; until then a span may have begun at any moment.
    file.finishedAt === null
      ? undefined
      : lte(spans.startedAt, new Date(file.finishedAt.getTime() + clockSkewMs)),
  );
}

/** The columns of one whole span. */
export const spanColumns = {
  traceId: spans.traceId,
  spanId: spans.spanId,
  parentSpanId: spans.parentSpanId,
  name: spans.name,
  kind: spans.kind,
  startNs: sql<string>`${spans.startNs}::text`,
  endNs: sql<string>`${spans.endNs}::text`,
  status: spans.status,
  statusMessage: spans.statusMessage,
  attributes: spans.attributes,
  events: spans.events,
  links: spans.links,
};
