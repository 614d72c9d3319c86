import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { uploads } from "../../db/schema/uploads.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { BlobStore } from "../../providers/blob.ts";
import { markAccepted, markRefused } from "./settle-upload.ts";

/** How long Blob has to report an upload, in ms; a token for it is valid for an hour. */
const expiresAfterMs = 24 * 3_600_000;
/** How many are looked at in one call, the oldest. */
const batch = 100;

/**
 * Ends uploads that were begun a day ago and not brought to an end: those that became a file are marked as
 * accepted, the others are refused and what they left in Blob is removed.
 * @returns how many it ended
 */
export async function expireUploads(ctx: DbContext & { readonly blob: BlobStore }): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - expiresAfterMs);
  const overdue = await ctx.db
    .select({
      id: uploads.id,
      projectId: uploads.projectId,
      pathname: uploads.pathname,
      createdAt: uploads.createdAt,
    })
    .from(uploads)
    .where(and(eq(uploads.state, "pending"), lt(uploads.createdAt, before)))
    .orderBy(asc(uploads.createdAt))
    .limit(batch);
  for (const upload of overdue) {
    const file = await findFile(ctx, upload);
    if (file) {
      await markAccepted(ctx, upload.id, { ...file, duplicate: false });
      continue;
    }
    // The blob goes first: after a crash in between, the next call finds the upload again.
    await ctx.blob.remove(upload.pathname);
    await markRefused(ctx, upload.id, new WaybillError("upload_incomplete"));
  }
  return overdue.length;
}

/** A crash between the file's record and the upload's leaves a file whose blob must not be removed. */
async function findFile(
  { db }: Pick<DbContext, "db">,
  upload: { id: string; projectId: string; createdAt: Date },
) {
  const [file] = await db
    .select({ fileId: files.id, runId: runs.id, traceId: runs.traceId })
    .from(files)
    .innerJoin(runs, eq(runs.id, files.latestRunId))
    .where(
      and(
        // The file's time is that of its upload: this much the index of a project's newest files finds.
        eq(files.projectId, upload.projectId),
        eq(files.createdAt, upload.createdAt),
        sql`position(${`uploads/${upload.id}/`} in ${files.blobUrl}) > 0`,
      ),
    );
  return file;
}
