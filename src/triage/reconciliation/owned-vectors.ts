import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";

/**
 * Which of these vectors of a project have an owner: a chunk of a file's run, or one that a later round has
 * replaced and finalize is still to remove.
 */
export async function ownedVectors(
  db: Db,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const result = await db.execute(sql`
    select asked.id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as asked(id)
    where exists (select from chunks join runs on runs.id = chunks.run_id join files on files.id = runs.file_id
        where chunks.id = asked.id and files.project_id = ${projectId})
      or exists (select from replaced_chunks join runs on runs.id = replaced_chunks.run_id
        join files on files.id = runs.file_id
        where replaced_chunks.id = asked.id and files.project_id = ${projectId})`);
  const rows = z.array(z.object({ id: z.string() })).parse(result.rows);
  return new Set(rows.map(({ id }) => id));
}
