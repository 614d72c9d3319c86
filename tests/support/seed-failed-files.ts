import { sql } from "drizzle-orm";
import type { Db } from "../../src/db/client.ts";

/** The group that all seeded files stand failed by. */
export const seededGroup = "group_seeded";

/** Files of the project whose only batch failed at embed, all by the same failure. Their ids are `file_<n>`, from 1. */
export async function seedFailedFiles(db: Db, projectId: string, count: number): Promise<void> {
  const numbers = sql`generate_series(1, ${count}::int) n`;
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id, failed_step,
                       error_code, created_at, updated_at, finished_at)
    select 'file_' || n, ${projectId}, 'report ' || n || '.md', 'hash' || n, 4000, 'text/markdown', 'https://blob.test',
           'failed', 'run_' || n, 'embed', 'provider_refused', now() - n * interval '1 second', now(), now() from ${numbers}`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at, finished_at)
    select 'run_' || n, 'file_' || n, 1, 1, '{"chunkMaxTokens": 400, "chunkOverlapTokens": 40, "embeddingModel": "m",
           "embeddingDimensions": 1536}', 'failed', md5('trace' || n), left(md5('span' || n), 16), now(), now() from ${numbers}`);
  await db.execute(sql`
    insert into chunks (id, run_id, ordinal, text, content_hash, heading_path, first_page, last_page, tokens)
    select 'chunk_' || n, 'run_' || n, 0, 'A text.', 'chunk' || n, '[]', 1, 1, 3 from ${numbers}`);
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, estimate, flow_key, dispatch, attempt_count, max_attempts,
                       time_limit_ms, fence, error_code, finished_at)
    select 'step_' || n || '_' || name, 'run_' || n, name, 0, state, '{}', estimate::jsonb, 'ingest.default',
           case state when 'cancelled' then 0 else 1 end, case state when 'cancelled' then 0 else 1 end, 4, 120000,
           case state when 'cancelled' then 0 else 1 end, case state when 'failed' then 'provider_refused' end, now()
    from ${numbers} cross join (values ('inspect', 'succeeded', '[]'), ('extract', 'succeeded', '[]'),
      ('chunk', 'succeeded', '[]'), ('embed', 'failed', '[{"meter": "embedding.tokens", "provider": "gateway",
      "model": "openai/text-embedding-3-small", "quantity": 3}]'), ('index', 'cancelled', '[]'), ('finalize', 'cancelled', '[]')
      ) as step(name, state, estimate)`);
  await db.execute(sql`
    insert into failure_groups (id, state, step, code, message, first_seen_at, last_seen_at, failures, files, standing)
    values (${seededGroup}, 'open', 'embed', 'provider_refused', 'The gateway refused the model.', now(), now(),
            ${count}::int, ${count}::int, ${count}::int)`);
  await db.execute(sql`
    insert into failure_group_files (group_id, file_id, times, standing, last_failed_at)
    select ${seededGroup}, 'file_' || n, 1, true, now() from ${numbers}`);
  await db.execute(sql`analyze`);
}
