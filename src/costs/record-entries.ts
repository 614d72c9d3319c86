import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../db/client.ts";
import { WaybillError } from "../kernel/errors.ts";
import type { Meter } from "../telemetry/names.ts";

/** What something was spent on. */
export interface Spent {
  readonly meter: Meter;
  readonly provider: string;
  /** The model, or `*` where the meter has none. */
  readonly model: string;
  /** In units of the price book. */
  readonly quantity: number;
}

/** Whom it is put down to. */
export interface SpentBy {
  readonly projectId: string | null;
  readonly fileId: string | null;
  readonly runId: string | null;
  readonly stepId: string | null;
  readonly step: string | null;
  readonly attemptId: string | null;
}

/** An entry to be written; the same id is written once. */
export interface NewEntry extends Spent, SpentBy {
  readonly id: string;
  /** True where a crash left no measured amount. */
  readonly estimated: boolean;
  readonly at: Date;
}

/**
 * Prices the entries, adds those that the ledger does not have yet, and adds what was added to the sums of
 * file, run, step and attempt, in one statement: a replay changes nothing. The caller holds the run's lock.
 * Rounds once, per entry, half away from zero.
 * @throws WaybillError price_missing, and then nothing is written
 */
export async function recordEntries(tx: Db, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = JSON.stringify(
    entries.map((entry) => ({
      id: entry.id,
      project_id: entry.projectId,
      file_id: entry.fileId,
      run_id: entry.runId,
      step_id: entry.stepId,
      step: entry.step,
      attempt_id: entry.attemptId,
      meter: entry.meter,
      provider: entry.provider,
      model: entry.model,
      quantity: entry.quantity,
      estimated: entry.estimated,
      at: entry.at.toISOString(),
    })),
  );
  const result = await tx.execute(sql`
    with input as (
      select * from jsonb_to_recordset(${rows}::jsonb) as entry(
        id text, project_id text, file_id text, run_id text, step_id text, step text, attempt_id text,
        meter text, provider text, model text, quantity bigint, estimated boolean, at timestamptz)
    ), priced as (
      select input.*, price.id as price_id,
             round(input.quantity::numeric * price.nano_usd / price.per_units)::bigint as nano_usd
      from input join lateral (
        select id, nano_usd, per_units from prices
        where meter = input.meter and provider = input.provider and model in (input.model, '*')
          and effective_from <= input.at
        order by model = input.model desc, effective_from desc limit 1
      ) price on true
    ), added as (
      insert into ledger (id, project_id, file_id, run_id, step_id, step, attempt_id, meter, provider, model,
                          quantity, price_id, nano_usd, estimated, at)
      select id, project_id, file_id, run_id, step_id, step, attempt_id, meter, provider, model,
             quantity, price_id, nano_usd, estimated, at from priced
      on conflict (id) do nothing
      returning file_id, run_id, step_id, attempt_id, nano_usd
    ), to_files as (
      update files set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select file_id, sum(nano_usd)::bigint as nano_usd from added group by file_id) spent
      where files.id = spent.file_id
    ), to_runs as (
      update runs set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select run_id, sum(nano_usd)::bigint as nano_usd from added group by run_id) spent
      where runs.id = spent.run_id
    ), to_steps as (
      update steps set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select step_id, sum(nano_usd)::bigint as nano_usd from added group by step_id) spent
      where steps.id = spent.step_id
    ), to_attempts as (
      update attempts set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select attempt_id, sum(nano_usd)::bigint as nano_usd from added group by attempt_id) spent
      where attempts.id = spent.attempt_id
    )
    select count(*)::int as priced from priced`);
  const [{ priced } = { priced: 0 }] = z.array(z.object({ priced: z.number() })).parse(result.rows);
  // Thrown inside the transaction: whatever was written above is rolled back with it.
  if (priced !== entries.length) {
    throw new WaybillError("price_missing", {
      details: { meters: [...new Set(entries.map((entry) => entry.meter))].join(", ") },
    });
  }
}
