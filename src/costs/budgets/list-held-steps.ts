import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { HeldStepView } from "./budget-view.ts";

const rowSchema = z.object({
  id: z.string(),
  step_id: z.string(),
  step: z.string(),
  shard: z.number(),
  run_id: z.string(),
  file_id: z.string(),
  file_name: z.string(),
  project: z.string(),
  needed: z.string(),
  above: z.boolean(),
  rank: z.coerce.date(),
  since: z.coerce.date(),
});

const cursorKey = z.tuple([z.iso.datetime(), z.iso.datetime(), z.number(), z.string()]);

/**
 * The steps that a budget holds, in the order in which they go on.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listHeldSteps(
  { db }: Pick<DbContext, "db">,
  input: { budgetId: string } & PageRequest,
): Promise<{ items: HeldStepView[]; nextCursor: string | null }> {
  const after = parseCursor(cursorKey, input.cursor);
  const from =
    after === null
      ? sql`true`
      : sql`(rank, since, place, held.id) > (${after[0]}::timestamptz, ${after[1]}::timestamptz, ${after[2]}::int, ${after[3]})`;
  const { rows } = await db.execute(sql`
    select held.id, held.step_id, steps.name as step, shard, held.run_id, files.id as file_id, files.name as file_name,
           projects.slug as project, needed_nano_usd::text as needed, needed_nano_usd > limit_nano_usd as above, rank, since
    from budget_holds held join budgets on budgets.id = held.budget_id
    join steps on steps.id = held.step_id join runs on runs.id = held.run_id
    join files on files.id = runs.file_id join projects on projects.id = files.project_id
    where held.budget_id = ${input.budgetId} and until is null and ${from}
    order by rank, since, place, held.id limit ${input.limit + 1}`);
  const page = cutPage(z.array(rowSchema).parse(rows), input.limit);
  return {
    items: page.rows.map(toView),
    nextCursor:
      page.last &&
      formatCursor([
        page.last.rank.toISOString(),
        page.last.since.toISOString(),
        page.last.shard,
        page.last.id,
      ]),
  };
}

function toView(row: z.output<typeof rowSchema>): HeldStepView {
  return {
    stepId: row.step_id,
    step: row.step,
    shard: row.shard,
    runId: row.run_id,
    fileId: row.file_id,
    fileName: row.file_name,
    project: row.project,
    neededNanoUsd: row.needed,
    aboveLimit: row.above,
    since: row.since.toISOString(),
  };
}
