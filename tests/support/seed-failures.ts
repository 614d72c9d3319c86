import { sql } from "drizzle-orm";
import type { Db } from "../../src/db/client.ts";

/** The group that has half of all seeded failures. */
export const largestGroup = "group_0";

/** A few more failures than groups of the rest: many groups have a handful. */
const groupCount = 2_000;

/**
 * Failures with their files, runs, groups and sums, and as many files that succeeded: half of the failures in one group,
 * the rest in two thousand; two failures a file, one project in a thousand files is rare (`p-rare`). A minute apart.
 */
export async function seedFailures(db: Db, failureCount: number): Promise<void> {
  const files = failureCount / 2;
  const began = sql`'2026-01-01'::timestamptz`;
  await db.execute(sql`insert into projects (id, slug, name, created_at)
    select 'proj_' || n, case when n = 0 then 'p-rare' else 'p' || n end, 'p', now() from generate_series(0, 4) n`);
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id, pages,
                       created_at, updated_at)
    select 'file_' || n, case when n % 1000 = 7 then 'proj_0' else 'proj_' || (n % 4 + 1) end, 'report ' || n || '.pdf',
           'hash' || n, n * 7919 % 20000000, case when n % 3 = 0 then 'text/plain' else 'application/pdf' end,
           'https://blob.test', case when n < ${files}::int then 'failed' else 'succeeded' end, 'run_' || n, n % 200,
           ${began} + n * interval '1 second', now()
    from generate_series(0, ${files * 2 - 1}::int) n`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at, finished_at)
    select 'run_' || n, 'file_' || n, 1, n % 2 + 1, '{"embeddingModel": "a-model"}',
           case when n < ${files}::int then 'failed' else 'succeeded' end, 'trace' || n, 'root', now(), now()
    from generate_series(0, ${files * 2 - 1}::int) n`);
  await db.execute(sql`
    insert into failure_groups (id, state, step, code, message, first_seen_at, last_seen_at)
    select 'group_' || n, case n % 10 when 8 then 'resolved' when 9 then 'ignored' else 'open' end, 'embed',
           'provider_' || n % 20, 'A sentence of kind ' || n || '.', ${began}, ${began}
    from generate_series(0, ${groupCount}::int) n`);
  await db.execute(sql`
    insert into failure_fingerprints (version, fingerprint, group_id, message)
    select 2, 'f' || n, 'group_' || n, 'A sentence.' from generate_series(0, ${groupCount}::int) n`);
  await db.execute(sql`
    insert into failures (id, group_id, file_id, run_id, step_id, round, code, message, deployment, graph_version,
                          attempts, wasted_nano_usd, at)
    select 'fail_' || n, case when n % 2 = 0 then ${largestGroup} else 'group_' || (n / 2 % ${groupCount}::int + 1) end,
           'file_' || n % ${files}::int, 'run_' || n % ${files}::int, 'step_' || n, 1, 'provider_' || n % 20,
           'A sentence of file ' || n % 97 || '.', 'dpl_' || n % 3, n % 2 + 1, 3, n,
           ${began} + n * interval '1 minute'
    from generate_series(0, ${failureCount - 1}::int) n`);
  await db.execute(sql`
    insert into failure_group_files (group_id, file_id, times, standing, last_failed_at)
    select group_id, file_id, count(*), bool_or(at = newest), max(at)
    from (select group_id, file_id, at, max(at) over (partition by file_id) as newest from failures) f
    group by group_id, file_id`);
  await db.execute(sql`
    insert into failure_group_projects (project_id, group_id)
    select distinct project_id, group_id from failure_group_files join files on files.id = file_id`);
  await db.execute(sql`
    insert into failure_group_hours (group_id, hour, failures)
    select group_id, date_trunc('hour', at, 'UTC'), count(*) from failures group by 1, 2`);
  await db.execute(sql`
    update failure_groups g set failures = s.failures, attempts = s.attempts, wasted_nano_usd = s.wasted,
           first_seen_at = s.first, last_seen_at = s.last, files = s.files, standing = s.standing,
           graph_versions = '{1,2}', deployments = '{dpl_0,dpl_1,dpl_2}'
    from (select f.group_id, count(*) as failures, sum(attempts) as attempts, sum(wasted_nano_usd) as wasted,
                 min(at) as first, max(at) as last, max(c.files) as files, max(c.standing) as standing
          from failures f join (select group_id, count(*) as files, count(*) filter (where standing) as standing
                                from failure_group_files group by 1) c using (group_id) group by 1) s
    where g.id = s.group_id`);
  await db.execute(sql`
    insert into api_keys (id, name, hint, hash, role, created_at) values ('key_seed', 'somebody', 'wbk', 'no-hash', 'admin', now())`);
  await db.execute(sql`
    insert into failure_notes (id, group_id, at, key_id, key_name, text)
    select 'note_' || n, 'group_' || n % 20, ${began} + n * interval '1 minute', 'key_seed', 'somebody', 'A note.'
    from generate_series(1, ${failureCount / 10}::int) n`);
  await db.execute(sql`
    insert into deployments (id, first_seen_at)
    select 'dpl_' || n, ${began} + n * interval '1 hour' from generate_series(0, 999) n`);
  await db.execute(sql`
    insert into audit_entries (id, at, key_id, key_name, via, action, request, before, after)
    select 'aud_' || n, ${began} + n * interval '1 minute', 'key_seed', 'somebody', 'key',
           case when n % 20 = 0 then 'budget.change' else 'file.requeue' end, '{}', '{}', '{}'
    from generate_series(1, ${failureCount / 10}::int) n`);
  await db.execute(sql`analyze`);
}
