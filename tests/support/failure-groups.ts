import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { z } from "zod";
import { endInARow, endStanding } from "../../src/jobs/failures/end-standing.ts";
import { fileFailure } from "../../src/jobs/failures/file-failure.ts";
import { noteVersions } from "../../src/jobs/note-versions.ts";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import { actorOf } from "./requeue.ts";

type Makers = Parameters<typeof fileFailure>[3];

import { createTestDatabase } from "./postgres.ts";

const countSchema = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

/** A database with files, in which failures are filed by hand. */
export async function startFailureGroups(files: number) {
  const database = await createTestDatabase();
  const { db } = database;
  const clock = createAdjustableClock({ frozenAt: new Date("2026-03-01T10:30:00Z") });
  await db.execute(
    sql`insert into api_keys (id, name, hint, hash, role, created_at) values ('key_1', 'admin', 'wbk', 'h', 'admin', now())`,
  );
  await db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj_1', 'p1', 'p', now())`,
  );
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id,
                       created_at, updated_at)
    select 'file_' || n, 'proj_1', 'f', lpad(to_hex(n), 64, '0'), 10, 'text/plain', 'https://blob.test', 'failed',
           'run_' || n, now(), now() from generate_series(1, ${files}::int) n`);
  let dispatch = 0;
  const deployment = "dpl_test";
  const fail = async (
    file: number,
    message: string,
    makers?: Makers,
    filedBy = deployment,
  ): Promise<void> => {
    dispatch += 1;
    clock.advance(1000);
    const run = { runId: `run_${file}`, fileId: `file_${file}`, round: dispatch, graphVersion: 1 };
    const facts = { step: "embed", code: "internal_error", message, provider: null, status: null };
    const failed = { run, stepId: `step_${file}`, dispatch, facts, filedBy };
    const now = clock.now();
    await db.transaction((tx) => fileFailure(tx, failed, now, makers));
  };
  const rows = async (query: ReturnType<typeof sql>) => countSchema.parse(await db.execute(query)).rows;
  return {
    database,
    clock,
    triage: { db, clock, deployment },
    actor: actorOf({ keyId: "key_1" }),
    rows,
    /** A file fails with a sentence, a second after whatever was before. */
    fail,
    /** The same, after an attempt under this deployment that began then; it is noted as a claim notes it. */
    async failUnder(deployment: string, file: number, message: string, at = clock.now()): Promise<void> {
      await noteVersions({ db, deployment }, { graphVersion: 1, at });
      await db.execute(sql`
        insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
        values (${`run_${file}`}, ${`file_${file}`}, 1, 1, '{}', 'running', ${`trace_${file}`}, 's', now())
        on conflict do nothing`);
      await db.execute(sql`
        insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms)
        values (${`step_${file}`}, ${`run_${file}`}, 'embed', 0, 'queued', '{}', 'f', 3, 1000) on conflict do nothing`);
      const number = dispatch + 1;
      await db.execute(sql`
        insert into attempts (id, step_id, run_id, number, round, fence, span_id, message_id, retried, deployment,
                              outcome, started_at)
        values (${`att_${number}`}, ${`step_${file}`}, ${`run_${file}`}, ${number}, ${number}, ${number}, 's', 'm', 0,
                ${deployment}, 'failed', ${at.toISOString()}::timestamptz)`);
      await fail(file, message);
    },
    /** A file is done again. */
    requeue: (file: number) => db.transaction((tx) => endStanding(tx, [`file_${file}`])),
    /** A file succeeds. */
    succeed: (file: number) => db.transaction((tx) => endInARow(tx, `file_${file}`)),
    /** The group that has the failures of this sentence, of which one was filed. */
    async groupOf(message: string): Promise<string> {
      const found = await rows(sql`select distinct group_id from failures where message = ${message}`);
      expect(found).toHaveLength(1);
      return z.string().parse(found[0]?.group_id);
    },
    /** How a file stands in the groups that have it. */
    async standingOf(file: number) {
      const found = await rows(sql`select group_id, times, standing from failure_group_files
        where file_id = ${`file_${file}`} order by group_id`);
      return found;
    },
    /** Every sum of every group is what its rows come to, and nothing was lost. */
    async expectSums(failures: number): Promise<void> {
      const wrong = await rows(sql`
        select g.id from failure_groups g where
          g.failures <> (select count(*) from failures f where f.group_id = g.id) or
          g.files <> (select count(*) from failure_group_files f where f.group_id = g.id) or
          g.files <> (select count(distinct file_id) from failures f where f.group_id = g.id) or
          g.standing <> (select count(*) from failure_group_files f where f.group_id = g.id and standing) or
          g.failures <> coalesce((select sum(h.failures) from failure_group_hours h where h.group_id = g.id), 0) or
          (g.merged_into is null and g.last_seen_at <> (select max(at) from failures f where f.group_id = g.id)) or
          (g.merged_into is null and g.first_seen_at <> (select min(at) from failures f where f.group_id = g.id))`);
      expect(wrong).toEqual([]);
      const projects = sql`select distinct group_id, project_id from failure_group_files join files on id = file_id`;
      const noted = sql`select group_id, project_id from failure_group_projects`;
      expect(await rows(sql`(${projects} except ${noted}) union (${noted} except ${projects})`)).toEqual([]);
      const twice = await rows(sql`select file_id from failure_group_files group by file_id
        having count(*) filter (where standing) > 1 or count(*) filter (where times > 0) > 1`);
      expect(twice).toEqual([]);
      expect(await rows(sql`select sum(failures)::int as failures from failure_groups`)).toEqual([
        { failures },
      ]);
    },
  };
}
