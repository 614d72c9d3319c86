import { sql } from "drizzle-orm";
import type { Db } from "../../src/db/client.ts";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import { type StepName, stepNames } from "../../src/pipeline/graph.ts";
import { preparePartitions } from "../../src/telemetry/store/prepare-partitions.ts";

/** How many days the spans are spread over. */
const days = 30;
/** How many spans a file has: about as many as a small document leaves. */
export const spansPerFile = 20;

/** What is seeded. */
export interface SeededTraces {
  readonly fileCount: number;
  readonly spansPerFile: number;
  readonly steps: readonly StepName[];
  /** When the first file came in. */
  readonly firstDay: Date;
  /** Stands before the number in the ids of files, runs and steps. */
  readonly mark: string;
}

/** As many files as have so many spans, in the March of 2026. */
export function tracesOf(spanCount: number): SeededTraces {
  return {
    fileCount: Math.ceil(spanCount / spansPerFile),
    spansPerFile,
    steps: stepNames,
    firstDay: new Date("2026-03-01T00:00:00Z"),
    mark: "",
  };
}

/**
 * Fills a database, on the server, with files that came in evenly over 30 days and ended within a minute, each
 * with one run, its steps, their attempts and its spans.
 */
export async function seedTraces(db: Db, seeded: SeededTraces): Promise<void> {
  const { fileCount, firstDay } = seeded;
  for (let day = 0; day < days; day += 1) {
    const frozenAt = new Date(firstDay.getTime() + day * 86_400_000);
    await preparePartitions({ db, clock: createAdjustableClock({ frozenAt }) });
  }
  await db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj', 'default', 'p', now())`,
  );
  // In pieces, as one statement of ten million rows would hold its transaction for minutes.
  const piece = 25_000;
  for (let from = 0; from < fileCount; from += piece) {
    await db.transaction(async (tx) => {
      // What is made here needs no check, and is made again if the machine stops.
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`set local synchronous_commit = off`);
      await seedPiece(tx, seeded, { from, to: Math.min(from + piece, fileCount) - 1 });
    });
  }
  await db.execute(sql`vacuum analyze`);
}

async function seedPiece(
  db: Db,
  { fileCount, spansPerFile, steps, firstDay, mark }: SeededTraces,
  range: { readonly from: number; readonly to: number },
): Promise<void> {
  const each = sql`(select ${mark}::text || at as n, at
                    from generate_series(${range.from}::int, ${range.to}::int) at) each`;
  const began = sql`(${firstDay.toISOString()}::timestamptz + at * (interval '30 days' / ${fileCount}::int))`;
  const ended = sql`${began} + interval '1 minute'`;
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id,
                       current_run_id, created_at, updated_at, finished_at)
    select 'file_' || n, 'proj', 'report-' || n || '.pdf', md5(n), 10000, 'application/pdf',
           'https://blob.test/' || n, 'succeeded', 'run_' || n, 'run_' || n, ${began}, ${ended}, ${ended}
    from ${each}`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at,
                      finished_at)
    select 'run_' || n, 'file_' || n, 1, 1, '{"chunkMaxTokens":512}', 'succeeded', md5('trace' || n),
           'root', ${began}, ${ended}
    from ${each}`);
  const names = sql`unnest(${sql.param([...steps])}::text[]) with ordinality as step(name, place)`;
  const stepBegan = sql`${began} + place * interval '8 seconds'`;
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, attempt_count, max_attempts, time_limit_ms,
                       queued_at, started_at, finished_at)
    select 'step_' || n || '_' || name, 'run_' || n, name, 0, 'succeeded', '{}', 'project.default', 1, 4, 60000,
           ${stepBegan}, ${stepBegan} + interval '1 second', ${stepBegan} + interval '8 seconds'
    from ${each}, ${names}`);
  await db.execute(sql`
    insert into attempts (id, step_id, run_id, number, fence, span_id, message_id, retried, deployment, outcome,
                          waited_since, waited_for, started_at, finished_at, work_ms)
    select 'att_' || n || '_' || name, 'step_' || n || '_' || name, 'run_' || n, 1, 1,
           left(md5(n || name), 16), 'msg_' || n, 0, 'dpl_1', 'succeeded', ${stepBegan}, 'queue',
           ${stepBegan} + interval '1 second', ${stepBegan} + interval '8 seconds', 7000
    from ${each}, ${names}`);
  await db.execute(sql`
    insert into spans (trace_id, span_id, parent_span_id, name, kind, start_ns, end_ns, started_at, status,
                       attributes, events, links, file_id, run_id)
    select md5('trace' || n), left(md5(n || '.' || m), 16), 'root', 'process embed', 'consumer',
           ns, ns + 1000000000::bigint, ${began} + m * interval '2 seconds', 'unset', ${attributesOf()}, '[]', '[]',
           'file_' || n, 'run_' || n
    from ${each}, generate_series(1, ${spansPerFile}::int) m,
         lateral (select (extract(epoch from ${began}) * 1e9)::bigint + m * 2000000000::bigint as ns) as began`);
}

/** About what an attempt's span carries. */
function attributesOf() {
  return sql`jsonb_build_object('waybill.file.id', 'file_' || n, 'waybill.run.id', 'run_' || n,
    'waybill.run.number', 1, 'waybill.project', 'default', 'waybill.graph.version', 1, 'waybill.step', 'embed',
    'waybill.step.id', 'step_' || n, 'waybill.shard', m, 'waybill.attempt', 1, 'waybill.deployment', 'dpl_1',
    'messaging.system.name', 'qstash', 'messaging.operation.name', 'process', 'messaging.message.id', 'msg_' || n)`;
}
