import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";

const rowSchema = z.object({
  id: z.string(),
  project: z.string(),
  fileId: z.string(),
  current: z.boolean(),
  repeated: z.boolean(),
});

/**
 * A vector that a file has, had or is to have. `current`: the file's current run has a chunk for it; `repeated`: that
 * run has not, but another chunk of the same text.
 */
export type KnownVector = z.output<typeof rowSchema>;

/** Every vector that the runs of these files have ever had a chunk for. */
export async function knownVectors(db: Db, fileIds: readonly string[]): Promise<KnownVector[]> {
  if (fileIds.length === 0) return [];
  const { rows } = await db.execute(sql`
    with own as (
      select files.id as file_id, current_run_id, slug from files join projects on projects.id = project_id
      where files.id = any(${sql.param([...fileIds])}::text[])
    ), known as (
      select chunks.id, file_id, max(content_hash) as content_hash from own join runs using (file_id)
      join chunks on chunks.run_id = runs.id group by chunks.id, file_id
      union select replaced_chunks.id, file_id, null from own join runs using (file_id)
      join replaced_chunks on replaced_chunks.run_id = runs.id
      where not exists (select from chunks where chunks.id = replaced_chunks.id)
    )
    select known.id, slug as project, file_id as "fileId", is_current as current,
           not is_current and exists (select from chunks where run_id = current_run_id and chunks.content_hash = known.content_hash) as repeated
    from known join own using (file_id)
    cross join lateral (select exists (select from chunks where chunks.id = known.id and run_id = current_run_id) as is_current) found`);
  return z.array(rowSchema).parse(rows);
}
