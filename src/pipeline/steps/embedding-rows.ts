import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";

const bytesPerNumber = 4;

/** Which of these texts have a vector of this model already. */
export async function knownHashes(db: Db, model: string, hashes: readonly string[]): Promise<Set<string>> {
  const found = await db.execute(sql`
    select content_hash from embeddings
    where model = ${model} and content_hash in (select jsonb_array_elements_text(${JSON.stringify(hashes)}::jsonb))`);
  return toHashes(found.rows);
}

/**
 * Keeps vectors of one model and dimension that a run paid for, in one statement; a vector that is there stays.
 * @returns the content hashes of those that were not there
 */
export async function writeEmbeddings(
  db: Db,
  { model, runId }: { model: string; runId: string },
  made: readonly { contentHash: string; vector: readonly number[]; tokens: number }[],
  now: Date,
): Promise<Set<string>> {
  const dimensions = made[0]?.vector.length ?? 0;
  if (dimensions === 0) return new Set();
  // All vectors travel as one binary value and are cut apart by the database: as JSON they take five times the space.
  const bytes = Buffer.from(Float32Array.from(made.flatMap((item) => item.vector)).buffer);
  const rows = JSON.stringify(
    made.map((item, at) => ({ at, content_hash: item.contentHash, tokens: item.tokens })),
  );
  const size = dimensions * bytesPerNumber;
  const kept = await db.execute(sql`
    insert into embeddings (model, content_hash, vector, tokens, run_id, created_at)
    select ${model}, content_hash, substring(${bytes}::bytea from at * ${size}::int + 1 for ${size}::int), tokens, ${runId}, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as made(at int, content_hash text, tokens bigint)
    on conflict (model, content_hash) do nothing
    returning content_hash`);
  return toHashes(kept.rows);
}

function toHashes(rows: readonly unknown[]): Set<string> {
  const parsed = z.array(z.object({ content_hash: z.string() })).parse(rows);
  return new Set(parsed.map((row) => row.content_hash));
}

/** The vectors of these texts, by content hash. */
export async function readEmbeddings(
  db: Db,
  model: string,
  hashes: readonly string[],
): Promise<Map<string, number[]>> {
  const found = await db.execute(sql`
    select content_hash, encode(vector, 'base64') as vector from embeddings
    where model = ${model} and content_hash in (select jsonb_array_elements_text(${JSON.stringify(hashes)}::jsonb))`);
  const rows = z.array(z.object({ content_hash: z.string(), vector: z.string() })).parse(found.rows);
  return new Map(rows.map((row) => [row.content_hash, toNumbers(Buffer.from(row.vector, "base64"))]));
}

function toNumbers(bytes: Buffer): number[] {
  const numbers = new Array<number>(bytes.length / bytesPerNumber);
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = bytes.readFloatLE(at * bytesPerNumber);
  return numbers;
}
