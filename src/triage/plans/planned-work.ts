import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { PlanFacts } from "../../db/schema/requeues.ts";
import { currentGraph, graphs, stepNames } from "../../pipeline/graph.ts";
import type { PlanRequest } from "./plan-view.ts";
import type { SelectedFile } from "./select-files.ts";

const stageRow = z.object({ name: z.string(), runs: z.number(), reused: z.number() });

/** The steps of the files' newest runs, and whether each is done `again`, as SQL with `id`, `name` and `again`. */
export function plannedSteps(files: readonly SelectedFile[], { from, graph }: PlanRequest): SQL {
  const anew = from === "start" || graph === "current";
  const names: readonly string[] = stepNames;
  const place = names.indexOf(from);
  const later = place < 0 ? [] : names.slice(place);
  return sql`
    select steps.id, steps.name,
           ${anew}::boolean or state in ('failed', 'cancelled') or steps.name = any(${sql.param(later)}::text[]) as again
    from unnest(${sql.param(files.map((file) => file.run_id))}::text[]) as chosen(run_id)
    join steps using (run_id) where not retired`;
}

/**
 * The steps of the graph that the files' newest runs have not come to: they are planned by those before them, so
 * that nobody knows yet in how many shards. As SQL with `file_id` and `step`.
 */
export function stepsAhead(files: readonly SelectedFile[], { graph }: PlanRequest): SQL {
  const versions = [...graphs.values()].flatMap(({ version, steps }) =>
    steps.map(({ name }) => ({ version, step: name })),
  );
  const version = graph === "current" ? sql`${currentGraph.version}::int` : sql`runs.graph_version`;
  return sql`
    select runs.file_id, graph.step
    from unnest(${sql.param(files.map((file) => file.run_id))}::text[]) as chosen(run_id)
    join runs on runs.id = chosen.run_id
    join jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as graph(version int, step text) on graph.version = ${version}
    where not exists (select from steps where steps.run_id = runs.id and steps.name = graph.step and not retired)`;
}

/**
 * Counts by step, in the order of the graph: steps that are done again, those that stand, and files that come to it.
 * @param ahead how many files come to a step for the first time, by its name
 */
export async function countStages(
  tx: Db,
  steps: SQL,
  ahead: ReadonlyMap<string, number>,
): Promise<PlanFacts["stages"]> {
  const { rows } = await tx.execute(sql`
    select name, count(*) filter (where again)::int as runs, count(*) filter (where not again)::int as reused
    from (${steps}) own group by name`);
  const found = z.array(stageRow).parse(rows);
  return stepNames.map((step) => {
    const { runs = 0, reused = 0 } = found.find(({ name }) => name === step) ?? {};
    return { step, runs, reused, ahead: ahead.get(step) ?? 0 };
  });
}
