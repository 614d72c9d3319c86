import type { RequeueContext } from "./context.ts";
import { type KnownVector, knownVectors } from "./known-vectors.ts";

/** Which of these vectors the index has. @throws WaybillError provider_* */
export async function presentVectors(
  { vector }: Pick<RequeueContext, "vector">,
  known: readonly KnownVector[],
): Promise<KnownVector[]> {
  const found: KnownVector[] = [];
  for (const [project, own] of Map.groupBy(known, (one) => one.project)) {
    const present = await vector.present(
      project,
      own.map(({ id }) => id),
    );
    found.push(...own.filter(({ id }) => present.has(id)));
  }
  return found;
}

/** How many vectors the index has of each file; 0 for one that it has none of. @throws WaybillError provider_* */
export async function countVectors(
  ctx: Pick<RequeueContext, "db" | "vector">,
  fileIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const present = await presentVectors(ctx, await knownVectors(ctx.db, fileIds));
  const byFile = Map.groupBy(present, ({ fileId }) => fileId);
  return new Map(fileIds.map((fileId) => [fileId, byFile.get(fileId)?.length ?? 0]));
}
