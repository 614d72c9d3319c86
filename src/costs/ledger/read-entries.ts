import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { wasteKinds } from "../../db/waste-kinds.ts";
import type { LedgerEntryView } from "./ledger-view.ts";

const rowSchema = z.object({
  id: z.string(),
  meter: z.string(),
  provider: z.string(),
  model: z.string(),
  quantity: z.coerce.number(),
  unit: z.string(),
  unit_nano_usd: z.string(),
  nano_usd: z.string(),
  unreserved_nano_usd: z.string(),
  estimated: z.boolean(),
  adjusts: z.string().nullable(),
  waste: z.enum(wasteKinds).nullable(),
  project: z.string().nullable(),
  file_id: z.string().nullable(),
  file_name: z.string().nullable(),
  run_id: z.string().nullable(),
  run: z.number().nullable(),
  step: z.string(),
  step_id: z.string().nullable(),
  attempt_id: z.string().nullable(),
  attempt: z.number().nullable(),
  span_id: z.string().nullable(),
  at: z.coerce.date(),
});

/**
 * Entries with what their ids stand for.
 * @param source a FROM item with the columns of `ledger`
 */
export async function readEntries(
  db: Db,
  source: SQL,
  order: "oldest first" | "newest first",
): Promise<LedgerEntryView[]> {
  const by = sql.raw(order === "newest first" ? "desc" : "asc");
  const { rows } = await db.execute(sql`
    select entry.id, entry.meter, entry.provider, entry.model, entry.quantity, price.unit, price.unit_nano_usd,
           entry.nano_usd::text as nano_usd, entry.unreserved_nano_usd::text as unreserved_nano_usd,
           entry.estimated, entry.adjusts, entry.file_id, entry.run_id, entry.step, entry.step_id, entry.attempt_id,
           entry.at, (select kind from wasted_entries where entry_id = entry.id) as waste,
           (select slug from projects where id = entry.project_id) as project,
           (select name from files where id = entry.file_id) as file_name,
           (select number from runs where id = entry.run_id) as run, attempt.number as attempt, attempt.span_id
    from ${source} entry cross join lateral (
      select unit, trim_scale(nano_usd::numeric / per_units)::text as unit_nano_usd from prices where id = entry.price_id
    ) price left join lateral (select number, span_id from attempts where id = entry.attempt_id limit 1) attempt on true
    order by entry.at ${by}, entry.id ${by}`);
  return z
    .array(rowSchema)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      meter: row.meter,
      provider: row.provider,
      model: row.model,
      quantity: row.quantity,
      unit: row.unit,
      unitNanoUsd: row.unit_nano_usd,
      nanoUsd: row.nano_usd,
      unreservedNanoUsd: row.unreserved_nano_usd,
      estimated: row.estimated,
      adjusts: row.adjusts,
      waste: row.waste,
      project: row.project,
      fileId: row.file_id,
      fileName: row.file_name,
      runId: row.run_id,
      run: row.run,
      step: row.step,
      stepId: row.step_id,
      attemptId: row.attempt_id,
      attempt: row.attempt,
      spanId: row.span_id,
      at: row.at.toISOString(),
    }));
}
