import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { WorkPrice } from "./price-work.ts";
import { sizeClass } from "./work-history.ts";

const nano = z.string().transform(BigInt);
const rowSchema = z.object({
  file_id: z.string(),
  project_id: z.string(),
  step: z.string(),
  low: nano.nullable(),
  high: nano.nullable(),
});

/** What steps may cost that nobody has planned yet. */
export interface AheadPrices {
  readonly prices: readonly WorkPrice[];
  /** How many files come to which step. */
  readonly files: ReadonlyMap<string, number>;
  /** The names of the steps of which nothing is known. */
  readonly unknown: ReadonlySet<string>;
}

/**
 * Prices the steps that files have yet to come to, in nano-USD, by what files of about their size have cost there
 * lately. Low: what half of them have cost; high: what 95 of 100 have.
 * @param ahead a query of what is to come, as SQL with the columns `file_id` and `step`
 */
export async function priceAhead(db: Db, ahead: SQL): Promise<AheadPrices> {
  const { rows } = await db.execute(sql`
    select files.id as file_id, project_id, ahead.step, p50_nano_usd::text as low, p95_nano_usd::text as high
    from (${ahead}) ahead join files on files.id = ahead.file_id
    left join lateral (
      select p50_nano_usd, p95_nano_usd from step_cost_history history where history.step = ahead.step
      order by abs(size_class - ${sizeClass(sql`files.bytes`)}), size_class desc limit 1
    ) nearest on true`);
  const prices: WorkPrice[] = [];
  const files = new Map<string, number>();
  const unknown = new Set<string>();
  for (const { file_id: fileId, project_id: projectId, step, low, high } of z.array(rowSchema).parse(rows)) {
    files.set(step, (files.get(step) ?? 0) + 1);
    if (low === null || high === null) unknown.add(step);
    else prices.push({ subject: { fileId, projectId, step }, low, high });
  }
  return { prices, files, unknown };
}
