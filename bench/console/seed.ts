import { sql } from "drizzle-orm";
import type { Db } from "../../src/db/client.ts";
import { seedFailures } from "../../tests/support/seed-failures.ts";
import { withoutIndexes } from "../../tests/support/without-indexes.ts";
import { type SeededTraces, seedTraces } from "../trace/seed.ts";

/** Five of a document's steps, so that a million files come to five million of them. */
const steps = ["inspect", "extract", "chunk", "embed", "index"] as const;
const dayMs = 86_400_000;
/** How many of the newest files are still under way. */
const underWay = 200;
/** The newest file is this one of the seeded ones. */
const mark = "t";

/** How much a database has of everything. */
export interface ConsoleSize {
  readonly files: number;
  readonly failures: number;
}

/**
 * A console's whole world, made on the server: files that came in over the thirty days up to now, with a run, five
 * steps, five attempts and ten spans each; the newest are still under way; and failures with files and groups of their own.
 */
export async function seedConsole(db: Db, size: ConsoleSize, now: Date): Promise<void> {
  const traces: SeededTraces = {
    fileCount: size.files,
    spansPerFile: 10,
    steps,
    firstDay: new Date(now.getTime() - 30 * dayMs),
    mark,
  };
  await seedFailures(db, size.failures);
  await withoutIndexes(db, ["files", "runs", "steps", "attempts", "spans"], () => seedTraces(db, traces));
  await leaveUnderWay(db, size.files);
  await seedIngested(db, now);
  await db.execute(sql`vacuum analyze`);
}

/** Takes the ends of the newest files back: each waits for the delivery of its third step. */
async function leaveUnderWay(db: Db, files: number): Promise<void> {
  const newest = sql`(select ${mark}::text || n as n from generate_series(${files - underWay}::int, ${files - 1}::int) n) each`;
  await db.execute(sql`
    update files set status = 'running', finished_at = null, current_run_id = null
    from ${newest} where files.id = 'file_' || each.n`);
  await db.execute(sql`
    update runs set status = 'running', finished_at = null from ${newest} where runs.id = 'run_' || each.n`);
  await db.execute(sql`
    update steps set state = case name when 'chunk' then 'queued' else 'waiting' end, finished_at = null
    from ${newest}, unnest(array['chunk', 'embed', 'index']) as left_over
    where steps.id = 'step_' || each.n || '_' || left_over`);
  await db.execute(sql`
    delete from attempts using ${newest}, unnest(array['chunk', 'embed', 'index']) as left_over
    where attempts.id = 'att_' || each.n || '_' || left_over`);
}

/** The sums of what was ingested, by quarter of an hour, hour and day; as many rows at any number of files. */
async function seedIngested(db: Db, now: Date): Promise<void> {
  for (const [grain, width] of [
    ["quarter", "15 minutes"],
    ["hour", "1 hour"],
    ["day", "1 day"],
  ] as const) {
    await db.execute(sql`
      insert into ingest_rollups (grain, bucket, project_id, uploads, bytes, succeeded, failed, pages, chunks, searchable_ms)
      select ${grain}, date_bin(${width}::interval, at, 'epoch'), 'proj', 100, 1000000, 99, 1, 300, 900, 990000
      from generate_series(${now.toISOString()}::timestamptz - interval '30 days', ${now.toISOString()}::timestamptz,
                           ${width}::interval) at
      on conflict do nothing`);
  }
}
