import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Stack } from "../support/stack.ts";

/**
 * Columns that name a moment, a place or chance: they differ between two runs of the same document. The cost
 * of compute is measured time, so the sums that contain it are left out and compared through the ledger.
 */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  files: ["blob_url", "created_at", "updated_at", "finished_at", "cost_nano_usd"],
  runs: ["trace_id", "created_at", "finished_at", "cost_nano_usd"],
  steps: ["lease_expires_at", "expected_by", "queued_at", "started_at", "finished_at", "cost_nano_usd"],
  attempts: [
    "message_id",
    "waited_since",
    "waited_for",
    "started_at",
    "finished_at",
    "cost_nano_usd",
    "work_ms",
  ],
  outbox: ["publish_after", "created_at", "published_at", "message_id"],
  pages: [],
  chunks: [],
  embeddings: ["created_at"],
  provider_calls: ["created_at"],
};

/** What a run left in the database and in the index, times aside: equal for equal work. */
export async function dumpTables(stack: Stack): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {};
  for (const [table, columns] of Object.entries(leftOut)) {
    dump[table] = await rowsWithout(stack, table, columns);
  }
  dump.ledger = await ledgerOf(stack);
  dump.vectors = await vectorsOf(stack);
  return dump;
}

async function rowsWithout(stack: Stack, table: string, columns: readonly string[]): Promise<unknown[]> {
  const { rows } = await stack.database.db.execute(
    sql`select to_jsonb(t) - ${sql.raw(`array[${columns.map((column) => `'${column}'`).join(",")}]::text[]`)} as row
        from ${sql.raw(table)} t order by 1`,
  );
  return z
    .array(z.object({ row: z.unknown() }))
    .parse(rows)
    .map(({ row }) => row);
}

/** Entries by what they are for; measured time is counted, not compared. */
async function ledgerOf(stack: Stack): Promise<unknown[]> {
  const { rows } = await stack.database.db.execute(sql`
    select step, meter, provider, model, estimated, count(*)::int as entries,
           sum(case when meter like 'compute.%' then 0 else quantity end)::text as quantity,
           sum(case when meter like 'compute.%' then 0 else nano_usd end)::text as nano_usd
    from ledger group by step, meter, provider, model, estimated order by 1, 2, 5`);
  return rows;
}

async function vectorsOf(stack: Stack): Promise<unknown[]> {
  const response = await fetch(`${stack.env.UPSTASH_VECTOR_REST_URL}/range/default`, {
    method: "POST",
    headers: { Authorization: `Bearer ${stack.env.UPSTASH_VECTOR_REST_TOKEN}` },
    body: JSON.stringify({ cursor: "0", limit: 1000, includeVectors: true, includeMetadata: true }),
  });
  const page = z.object({
    result: z.object({ vectors: z.array(z.object({ id: z.string() }).loose()), nextCursor: z.string() }),
  });
  const { result } = page.parse(await response.json());
  if (result.nextCursor !== "") throw new Error("more vectors than the test reads");
  return result.vectors.sort((one, other) => one.id.localeCompare(other.id));
}
