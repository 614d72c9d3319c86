import { sql } from "drizzle-orm";
import { seedPriceBook } from "../../../src/costs/prices/seed-price-book.ts";
import type { Db } from "../../../src/db/client.ts";
import { grains } from "../../../src/db/schema/rollups.ts";
import { withoutIndexes } from "../without-indexes.ts";

/** When the first entry was made; the others follow evenly over thirty days. */
export const ledgerBegan = new Date("2026-03-01T00:00:00Z");
const days = 30;
const projectCount = 10;

/** What one small document spends: step, meter, model, quantity. */
const documentLines = [
  ["upload", "blob.operations", "advanced", 1],
  ["inspect", "qstash.messages", "*", 1],
  ["inspect", "blob.operations", "simple", 2],
  ["inspect", "blob.transfer", "*", 120_000],
  ...["inspect", "extract", "chunk", "embed", "index", "finalize"].flatMap((step) => [
    [step, "compute.ms", "*", 40] as const,
    [step, "compute.memory", "*", 90_000] as const,
  ]),
  ["extract", "db.rows", "*", 4],
  ["chunk", "db.rows", "*", 9],
  ["embed", "db.rows", "*", 9],
  ["embed", "embedding.tokens", "waybill/lexical-1536", 4_100],
  ["embed", "qstash.messages", "*", 1],
  ["index", "vector.writes", "*", 9],
  ["search", "embedding.tokens", "waybill/lexical-1536", 12],
  ["search", "vector.queries", "*", 1],
] as const;
/** How many entries a document comes with. */
export const entriesPerFile = documentLines.length;

/**
 * Fills a database, on the server, with documents of ten projects and what they spent, sums and all. Searches and
 * the last project are rare; some entries are wasted, estimates or corrections.
 */
export async function seedLedger(db: Db, entryCount: number): Promise<void> {
  const fileCount = Math.ceil(entryCount / entriesPerFile);
  await seedPriceBook({ db });
  await db.execute(sql`
    insert into projects (id, slug, name, created_at)
    select 'proj_' || n, 'p' || n, 'p', now() from generate_series(0, ${projectCount - 1}::int) n`);
  await db.execute(sql`alter table ledger drop constraint ledger_pkey`);
  await withoutIndexes(db, ["ledger"], async () => {
    // In pieces, as one statement of ten million rows would hold its transaction for minutes.
    const piece = 20_000;
    for (let from = 0; from < fileCount; from += piece) {
      await seedPiece(db, { fileCount, from, to: Math.min(from + piece, fileCount) - 1 });
    }
  });
  await db.execute(sql`alter table ledger add primary key (id)`);
  await seedSums(db);
  await db.execute(sql`vacuum analyze`);
}

async function seedPiece(db: Db, range: { fileCount: number; from: number; to: number }): Promise<void> {
  const each = sql`generate_series(${range.from}::int, ${range.to}::int) n`;
  const began = sql`(${ledgerBegan.toISOString()}::timestamptz + n * (interval '${sql.raw(String(days))} days' / ${range.fileCount}::int))`;
  // Every thousandth document is one of the last project; the others share the rest.
  const project = sql`'proj_' || case when n % 1000 = 0 then ${projectCount - 1}::int else n % ${projectCount - 1}::int end`;
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id,
                       current_run_id, created_at, updated_at, finished_at)
    select 'file_' || md5(n::text), ${project}, 'report-' || n || '.pdf', md5(n::text), 120000, 'application/pdf',
           'https://blob.test/' || n, 'succeeded', 'run_' || md5(n::text), 'run_' || md5(n::text), ${began}, ${began}, ${began}
    from ${each}`);
  const lines = JSON.stringify(
    documentLines.map(([step, meter, model, quantity], at) => ({ step, meter, model, quantity, at })),
  );
  await db.transaction(async (tx) => {
    // Prices are there: ten million looks at that would only take time.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      insert into ledger (id, project_id, file_id, run_id, step_id, step, attempt_id, meter, provider, model, quantity,
                          price_id, nano_usd, estimated, adjusts, at)
      select 'entry_' || md5(n || '.' || line.at), ${project}, case when step <> 'search' then 'file_' || md5(n::text) end,
             case when step <> 'search' then 'run_' || md5(n::text) end, 'step_' || md5(n || step), step,
             'att_' || md5(n || step), line.meter, price.provider, line.model,
             case when adjusting then 0 else line.quantity end, price.id,
             round(line.quantity::numeric * price.nano_usd / price.per_units)::bigint, (n + line.at) % 997 = 0,
             case when adjusting then 'entry_' || md5(n || '.adjusted') end,
             date_trunc('milliseconds', ${began} + line.at * interval '1 second')
      from ${each}
      cross join jsonb_to_recordset(${lines}::jsonb) as line(step text, meter text, model text, quantity bigint, at int)
      join prices price on price.meter = line.meter and price.model = line.model,
      lateral (select (n * 31 + line.at) % 499 = 0 as adjusting) kind
      where step <> 'search' or n % 100 = 0`);
  });
}

/** Waste, sums by time, and the dearest files, as the product keeps them. */
async function seedSums(db: Db): Promise<void> {
  await db.execute(sql`
    insert into wasted_entries (entry_id, kind, project_id, meter, step, at)
    select id, case when meter = 'qstash.messages' then 'duplicate-delivery' else 'failed-attempt' end, project_id,
           meter, step, at from ledger where right(id, 2) = '00'`);
  for (const grain of grains) {
    const start =
      grain === "quarter"
        ? sql`date_bin('15 minutes', ledger.at, 'epoch')`
        : sql`date_trunc(${grain}, ledger.at, 'UTC')`;
    await db.execute(sql`
      insert into cost_rollups
      select ${grain}, ${start}, ledger.project_id, ledger.step, ledger.meter, provider, model, kind, sum(quantity),
             sum(nano_usd), count(*)
      from ledger left join wasted_entries on entry_id = id group by 2, 3, 4, 5, 6, 7, 8`);
    await db.execute(sql`
      insert into ingest_rollups
      select ${grain}, date_trunc(${grain === "day" ? "day" : "hour"}, created_at, 'UTC'), project_id, count(*), sum(bytes),
             count(*), 0, count(*) * 4, count(*) * 9, count(*) * 900 from files group by 2, 3`);
  }
  await db.execute(sql`
    insert into file_costs (file_id, project_id, ended_on, nano_usd)
    select id, project_id, (created_at at time zone 'UTC')::date, ('x' || left(md5(id), 6))::bit(24)::int from files`);
}

/** Indexes that are made after the rows are there take a fraction of the time. @returns what makes them again */
