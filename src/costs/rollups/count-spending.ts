import type { DbContext } from "../../db/context.ts";
import type { Telemetry } from "../../telemetry/create-telemetry.ts";
import type { AddedSpending } from "../../telemetry/spending-metrics.ts";
import { projectSlugs } from "../project-slugs.ts";

/** What entries have added to the sums, as the fold found it. */
export interface FreshSums extends Omit<AddedSpending, "project"> {
  readonly projectId: string | null;
}

/**
 * Tells other tools what was spent since the last fold. The fold takes each sum away as it reads it, so what an entry
 * has added is counted once, whichever worker wrote it and whatever became of that worker since.
 */
export async function countSpending(
  ctx: Pick<DbContext, "db"> & { readonly telemetry: Pick<Telemetry, "spending"> },
  sums: readonly FreshSums[],
): Promise<void> {
  const slugs = await projectSlugs(ctx, [...new Set(sums.map(({ projectId }) => projectId))]);
  ctx.telemetry.spending.count(
    sums.map(({ projectId, ...sum }) => ({ ...sum, project: (projectId && slugs.get(projectId)) ?? null })),
  );
}
