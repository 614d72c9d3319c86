import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../../src/db/client.ts";
import { insertSpans, type SpanRow } from "../../../src/telemetry/store/insert-spans.ts";

/** A span that began at a time. */
export function spanAt(startedAt: string, spanId: string): SpanRow {
  const startNs = BigInt(Date.parse(startedAt)) * 1_000_000n;
  return {
    trace_id: "a".repeat(32),
    span_id: spanId,
    parent_span_id: null,
    name: "process chunk",
    kind: "consumer",
    start_ns: startNs.toString(),
    end_ns: (startNs + 1_000n).toString(),
    started_at: startedAt,
    status: "unset",
    status_message: null,
    attributes: {},
    events: [],
    links: [],
    file_id: "file_1",
    run_id: "run_1",
  };
}

/** Stores a span at each of some times; its id is its place among them. */
export async function storeSpansAt(db: Db, times: readonly string[]): Promise<void> {
  await insertSpans(
    db,
    times.map((time, at) => spanAt(time, `span${at}`)),
  );
}

/** The partition of each span, by its id. */
export async function placesOfSpans(db: Db): Promise<Record<string, string>> {
  const { rows } = await db.execute(
    sql`select span_id, tableoid::regclass::text as place from spans order by 1`,
  );
  const places = z.array(z.object({ span_id: z.string(), place: z.string() })).parse(rows);
  return Object.fromEntries(places.map(({ span_id, place }) => [span_id, place]));
}

/** The partitions that there are, the default one aside. */
export async function partitions(db: Db): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'spans'::regclass and inhrelid <> 'spans_default'::regclass order by 1`);
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
}
