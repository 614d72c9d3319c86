import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import type { FreshSums } from "./count-spending.ts";
import { foldDeltas } from "./fold-deltas.ts";
import { costRollup, ingestRollup } from "./rollup.ts";

/** What a fold did. */
export interface Folded {
  /** Rows of deltas. */
  readonly rows: number;
  /** What was added to the ledger since the fold before. */
  readonly fresh: readonly FreshSums[];
}

const freshRow = z.object({
  project_id: z.string().nullable(),
  step: z.string(),
  meter: z.string(),
  fresh_quantity: z.coerce.bigint(),
  fresh_nano_usd: z.coerce.bigint(),
});

/** The tick's part in the sums by time. */
export async function foldRollups({ db }: Pick<DbContext, "db">): Promise<Folded> {
  const costs = await foldDeltas(db, costRollup);
  const ingested = await foldDeltas(db, ingestRollup);
  const fresh = costs.flatMap((row) => {
    const {
      project_id: projectId,
      step,
      meter,
      fresh_quantity: quantity,
      fresh_nano_usd: nanoUsd,
    } = freshRow.parse(row);
    return quantity === 0n && nanoUsd === 0n ? [] : [{ projectId, step, meter, quantity, nanoUsd }];
  });
  return { rows: costs.length + ingested.length, fresh };
}
