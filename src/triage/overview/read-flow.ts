import { sql } from "drizzle-orm";
import { z } from "zod";
import { readRollup } from "../../costs/rollups/read-rollup.ts";
import { ingestRollup } from "../../costs/rollups/rollup.ts";
import type { DbContext } from "../../db/context.ts";
import { runs } from "../../db/schema/runs.ts";
import { mostFilesCounted } from "./capped.ts";
import type { Read } from "./overview-view.ts";

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Of how many files, the newest, the time to searchable is told. */
const newestFiles = 1_000;

const backlogRow = z.object({ files: z.number(), held: z.number(), oldest: z.coerce.date().nullable() });

/** What is under way, and for how long. */
export async function readBacklog({ db }: DbContext): Promise<Read<"backlog">> {
  const { rows } = await db.execute(sql`
    select count(*)::integer as files, (count(*) filter (where status = 'held'))::integer as held, min(created_at) as oldest
    from (
      select status, created_at from ${runs} where finished_at is null
      order by created_at limit ${mostFilesCounted + 1}
    ) under_way`);
  const { files, held, oldest } = backlogRow.parse(rows[0]);
  return {
    files: Math.min(files, mostFilesCounted),
    held: Math.min(held, mostFilesCounted),
    capped: files > mostFilesCounted,
    oldestAt: oldest?.toISOString() ?? null,
  };
}

/** How many files end a minute now, and how many did in the same hour of the day before. */
export async function readThroughput({ db, clock }: DbContext): Promise<Read<"throughput">> {
  const nowMs = clock.now().getTime();
  // Sums are of quarter hours: the hour is the last three that are over and the one that is not.
  const fromMs = Math.floor(nowMs / quarterMs) * quarterMs - 3 * quarterMs;
  const lastHourMs = Math.floor(nowMs / hourMs) * hourMs;
  const hours = Array.from({ length: 25 }, (_, at) => new Date(lastHourMs - (23 - at) * hourMs));
  const pace = [fromMs - dayMs, fromMs - dayMs + hourMs, fromMs, fromMs + hourMs].map((ms) => new Date(ms));
  const [paceRows, hourRows] = await Promise.all([
    readRollup(db, ingestRollup, { boundaries: pace, by: [] }),
    readRollup(db, ingestRollup, { boundaries: hours, by: [] }),
  ]);
  const ended = (rows: typeof paceRows, place: number) => {
    const sums = rows.find((row) => row.place === place)?.sums ?? {};
    return { succeeded: Number(sums.succeeded ?? 0n), failed: Number(sums.failed ?? 0n) };
  };
  const minutes = Math.max(1, (nowMs - fromMs) / minuteMs);
  const [before, now] = [ended(paceRows, 0), ended(paceRows, 2)];
  return {
    perMinute: (now.succeeded + now.failed) / minutes,
    failedPerMinute: now.failed / minutes,
    dayBeforePerMinute: (before.succeeded + before.failed) / 60,
    hours: hours.slice(0, -1).map((at, place) => ({ at: at.toISOString(), ...ended(hourRows, place) })),
  };
}

const searchableRow = z.object({
  p50: z.coerce.number().nullable(),
  p95: z.coerce.number().nullable(),
  files: z.number(),
});

/** How long the newest files took from the upload until they could be searched. */
export async function readSearchable({ db, clock }: DbContext): Promise<Read<"searchable">> {
  const since = new Date(clock.now().getTime() - dayMs).toISOString();
  const { rows } = await db.execute(sql`
    select round(percentile_disc(0.5) within group (order by ms)) as p50,
           round(percentile_disc(0.95) within group (order by ms)) as p95, count(*)::integer as files
    from (
      select extract(epoch from finished_at - created_at) * 1000 as ms from ${runs}
      where status = 'succeeded' and finished_at > ${since}::timestamptz
      order by finished_at desc nulls last limit ${newestFiles}
    ) newest`);
  const { p50, p95, files } = searchableRow.parse(rows[0]);
  return { p50Ms: p50, p95Ms: p95, files };
}
