import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { planOnce } from "../../db/plan-once.ts";
import type { WasteKind } from "../../db/waste-kinds.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { Meter } from "../../telemetry/names.ts";
import { budgetKeys } from "../budgets/budget-keys.ts";
import { chargeAccounts, coverEntries } from "../budgets/charge-accounts.ts";
import { amountOf, priceAt } from "../prices/price-at.ts";
import { addDeltas } from "../rollups/add-deltas.ts";
import { costRollup } from "../rollups/rollup.ts";

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
  readonly step: string;
  readonly attemptId: string | null;
}

/** An entry to be written; the same id is written once. */
export interface NewEntry extends Spent, SpentBy {
  readonly id: string;
  /** True where a crash left no measured amount. */
  readonly estimated: boolean;
  readonly at: Date;
  /** Why it is known already to be spent for nothing. */
  readonly waste?: WasteKind;
  /** The reservation that it is paid from, if that has enough left; else it is noted as not reserved. */
  readonly reservationId?: string;
  /** For an entry that corrects another's price: which one, and by how much. Its own time is that of the other. */
  readonly adjusts?: { readonly entryId: string; readonly nanoUsd: bigint };
}

/**
 * Prices the entries, adds those that the ledger does not have yet, takes what was added out of the reservations,
 * and adds it to the budgets' accounts, to the sums of file, run, step and attempt and to the rollups, in one
 * statement: a replay changes nothing. Rounds once, per entry, half away from zero.
 * The caller holds the run's lock, or has passed the budget gate and holds the locks of the files that it puts
 * entries down to.
 * @param options.alsoLock keys of accounts that the transaction goes on to move: locked together with those of the
 * entries, as of two transactions that lock them in turns each could wait for the other
 * @throws WaybillError price_missing, and then nothing is written
 */
export async function recordEntries(
  tx: Db,
  said: readonly NewEntry[],
  options: { alsoLock?: readonly string[] } = {},
): Promise<void> {
  if (said.length === 0) return;
  const entries = [...new Map(said.map((entry) => [entry.id, entry])).values()];
  const keys = new Set([...entries.flatMap(budgetKeys), ...(options.alsoLock ?? [])]);
  const reservationIds = new Set(entries.flatMap(({ reservationId }) => reservationId ?? []));
  const result = await tx.execute(sql`${planOnce}
    with input as (
      select * from jsonb_to_recordset(${asJson(entries)}::jsonb) as entry(
        id text, project_id text, file_id text, run_id text, step_id text, step text, attempt_id text,
        meter text, provider text, model text, quantity bigint, estimated boolean, said_at timestamptz, waste text,
        adjusts text, by_nano_usd bigint, reservation_id text, keys text[])
    ), priced as (
      select input.*, price.id as price_id, coalesce(input.waste, adjusted.kind) as kind,
             coalesce(by_nano_usd, ${amountOf(sql`input.quantity`, "price")}) as nano_usd
      from input join lateral ${priceAt("input", sql`input.said_at`)} price on true
      left join wasted_entries adjusted on adjusted.entry_id = input.adjusts
    ), ${coverEntries([...keys], [...reservationIds])}, added as (
      insert into ledger (id, project_id, file_id, run_id, step_id, step, attempt_id, meter, provider, model,
                          quantity, price_id, nano_usd, unreserved_nano_usd, estimated, adjusts, at)
      select id, project_id, file_id, run_id, step_id, step, attempt_id, meter, provider, model,
             quantity, price_id, nano_usd, unreserved_nano_usd, estimated, adjusts, at from dated
      on conflict (id) do nothing
      returning id
    ), fresh as (
      select dated.* from dated join added using (id)
    ), to_wasted as (
      insert into wasted_entries (entry_id, kind, project_id, meter, step, at)
      select id, kind, project_id, meter, step, at from fresh where kind is not null
      on conflict do nothing
    ), to_deltas as (
      ${addDeltas(
        costRollup,
        sql`(select at, project_id, step, meter, provider, model, kind as waste, quantity, nano_usd, 1 as entries,
        case when adjusts is null then quantity else 0 end as fresh_quantity, case when adjusts is null then nano_usd else 0 end as fresh_nano_usd from fresh) added`,
      )}
    ), ${sumsOfOwners()}, ${chargeAccounts()}
    select count(*)::int as priced from priced`);
  const [{ priced } = { priced: 0 }] = z.array(z.object({ priced: z.number() })).parse(result.rows);
  // Thrown inside the transaction: whatever was written above is rolled back with it.
  if (priced !== entries.length) {
    throw new WaybillError("price_missing", {
      details: { meters: [...new Set(entries.map((entry) => entry.meter))].join(", ") },
    });
  }
}

function asJson(entries: readonly NewEntry[]): string {
  return JSON.stringify(
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
      said_at: entry.at.toISOString(),
      waste: entry.waste ?? null,
      adjusts: entry.adjusts?.entryId ?? null,
      by_nano_usd: entry.adjusts?.nanoUsd.toString() ?? null,
      reservation_id: entry.reservationId ?? null,
      keys: budgetKeys(entry),
    })),
  );
}

/** Adds what is fresh to the sums of the rows that it was spent for. */
function sumsOfOwners() {
  return sql`
    to_file_costs as (
      update file_costs set nano_usd = file_costs.nano_usd + spent.nano_usd
      from (select file_id, sum(nano_usd)::bigint as nano_usd from fresh group by file_id) spent
      where file_costs.file_id = spent.file_id
    ), to_files as (
      update files set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select file_id, sum(nano_usd)::bigint as nano_usd from fresh group by file_id) spent
      where files.id = spent.file_id
    ), to_runs as (
      update runs set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select run_id, sum(nano_usd)::bigint as nano_usd from fresh group by run_id) spent
      where runs.id = spent.run_id
    ), to_steps as (
      update steps set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select step_id, sum(nano_usd)::bigint as nano_usd from fresh group by step_id) spent
      where steps.id = spent.step_id
    ), to_attempts as (
      update attempts set cost_nano_usd = cost_nano_usd + spent.nano_usd
      from (select attempt_id, sum(nano_usd)::bigint as nano_usd from fresh group by attempt_id) spent
      where attempts.id = spent.attempt_id
    )`;
}
