import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { addDeltas } from "./add-deltas.ts";
import { ingestRollup } from "./rollup.ts";

/** Counts an original that was stored; called once, in the transaction that records the file. */
export async function countUpload(
  tx: Db,
  upload: { readonly projectId: string; readonly bytes: number },
  now: Date,
): Promise<void> {
  await count(
    tx,
    now,
    sql`select ${upload.projectId} as project_id, 1 as uploads, ${upload.bytes}::bigint as bytes,
    0 as succeeded, 0 as failed, 0 as pages, 0 as chunks, 0 as searchable_ms`,
  );
}

/**
 * Counts a run that ends now; called in the transaction that ends it, before it is marked as ended. A run that
 * has ended already is not counted again.
 */
export async function countEndedRun(
  tx: Db,
  runId: string,
  status: "succeeded" | "failed",
  now: Date,
): Promise<void> {
  const good = status === "succeeded";
  const ifGood = (value: SQL) => (good ? value : sql`0`);
  await count(
    tx,
    now,
    sql`
    select files.project_id, 0 as uploads, 0 as bytes, ${good ? 1 : 0}::int as succeeded, ${good ? 0 : 1}::int as failed,
           ${ifGood(sql`coalesce(files.pages, 1)`)} as pages, ${ifGood(sql`coalesce(files.chunk_count, 0)`)} as chunks,
           ${ifGood(sql`greatest(0, extract(epoch from ${now.toISOString()}::timestamptz - runs.created_at) * 1000)::bigint`)}
             as searchable_ms
    from runs join files on files.id = runs.file_id
    where runs.id = ${runId} and runs.finished_at is null`,
  );
}

async function count(tx: Db, at: Date, event: SQL): Promise<void> {
  await tx.execute(
    addDeltas(
      ingestRollup,
      sql`(select ${at.toISOString()}::timestamptz as at, event.* from (${event}) event) dated`,
    ),
  );
}
