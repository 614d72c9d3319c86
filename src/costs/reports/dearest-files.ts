import { and, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";

const rowSchema = z.object({
  file_id: z.string(),
  name: z.string(),
  project: z.string(),
  status: z.string(),
  pages: z.number().nullable(),
  nano_usd: z.string(),
});

/** A file with what it has cost in all. Amounts are nano-USD as strings. */
export interface DearFile {
  readonly fileId: string;
  readonly name: string;
  readonly project: string;
  readonly status: string;
  readonly pages: number | null;
  readonly nanoUsd: string;
}

/**
 * Of the files whose newest run ended on one of these days of UTC, those that have cost most, by all that they
 * have ever cost. Of each day only the first few are looked at.
 */
export async function dearestFiles(
  { db }: Pick<DbContext, "db">,
  asked: { from: Date; to: Date; projectId: string | undefined; limit: number },
): Promise<DearFile[]> {
  const ofDay = and(
    sql`ended_on = day.ended_on`,
    asked.projectId === undefined ? undefined : sql`project_id = ${asked.projectId}`,
  );
  const { rows } = await db.execute(sql`
    select dearest.file_id, files.name, projects.slug as project, files.status, files.pages, dearest.nano_usd::text
    from (
      select found.* from (
        select at::date as ended_on from generate_series(
          (${asked.from.toISOString()}::timestamptz at time zone 'UTC')::date::timestamp,
          ((${asked.to.toISOString()}::timestamptz - interval '1 ms') at time zone 'UTC')::date::timestamp,
          interval '1 day') as at
      ) day cross join lateral (
        select file_id, project_id, nano_usd from file_costs where ${ofDay} order by nano_usd desc limit ${asked.limit}
      ) found
      order by nano_usd desc, file_id limit ${asked.limit}
    ) dearest
    join files on files.id = dearest.file_id
    join projects on projects.id = dearest.project_id
    order by dearest.nano_usd desc, dearest.file_id`);
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ file_id: fileId, nano_usd: nanoUsd, ...file }) => ({ fileId, ...file, nanoUsd }));
}
