import { isNull } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { graphVersions } from "../db/schema/deployments.ts";
import type { Clock } from "../kernel/clock.ts";
import type { StepGraph } from "./graph.ts";

/** What this process has noted in which database: each version is written once a process. */
const noted = new WeakMap<object, Set<number>>();

/**
 * Keeps the graph of a version that runs go by, so that it can be shown when no build has it any more. What is kept
 * already stays as it is: a version is never another graph, and twice is once.
 * @returns how many were written
 */
export async function noteGraph(
  { db, clock }: Pick<DbContext, "db"> & { readonly clock: Clock },
  graph: StepGraph,
): Promise<number> {
  const known = noted.get(db) ?? new Set();
  noted.set(db, known);
  if (known.has(graph.version)) return 0;
  const { rowCount } = await db
    .insert(graphVersions)
    .values({ version: graph.version, firstSeenAt: clock.now(), graph })
    .onConflictDoUpdate({
      target: graphVersions.version,
      set: { graph },
      setWhere: isNull(graphVersions.graph),
    });
  known.add(graph.version);
  return rowCount ?? 0;
}
