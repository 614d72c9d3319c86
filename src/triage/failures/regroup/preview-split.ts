import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../../db/context.ts";
import { failures } from "../../../db/schema/failures.ts";
import { findFailure } from "../find-failure.ts";
import type { SplitPreview } from "./split-preview.ts";

/** Most sentences of each side that are shown. */
const most = 3;

const rowSchema = z.object({
  moves: z.boolean(),
  failures: z.number().int(),
  files: z.number().int(),
  sentences: z.array(z.string()),
});

/** Which failures a split by this part would move, before it is done. @throws WaybillError failure_not_found */
export async function previewSplit(
  { db }: Pick<DbContext, "db">,
  { id, contains }: { readonly id: string; readonly contains: string },
): Promise<SplitPreview> {
  await findFailure(db, id);
  const { rows } = await db.execute(sql`
    select strpos(message, ${contains}) > 0 as moves, count(*)::int as failures,
           count(distinct file_id)::int as files,
           (array_agg(distinct message))[1:${sql.raw(String(most))}] as sentences
    from ${failures} where group_id = ${id} group by 1`);
  const sides = z.array(rowSchema).parse(rows);
  const none = { failures: 0, files: 0, sentences: [] };
  const side = (moves: boolean) => {
    const { moves: _, ...counted } = sides.find((row) => row.moves === moves) ?? { moves, ...none };
    return counted;
  };
  return { moving: side(true), staying: side(false) };
}
