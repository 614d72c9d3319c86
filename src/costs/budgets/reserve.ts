import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { planOnce } from "../../db/plan-once.ts";
import type { ReservedSpending } from "../../db/schema/budgets.ts";
import { windowStart } from "./window.ts";

/** Money that is wanted for something before it is begun. */
export interface Ask {
  /** The reservation's id. The same id again tops its work up to `workNanoUsd`, unless its work has ended. */
  readonly id: string;
  readonly keys: readonly string[];
  /** For the work of one attempt. */
  readonly workNanoUsd: bigint;
  /** For the deliveries that a message may cost. */
  readonly messagesNanoUsd: bigint;
  /** How long an attempt may work for it, in ms. */
  readonly workMs: number;
  /** Since when the document is under way: who is held for longer comes first. */
  readonly rank: Date;
  readonly step: { readonly id: string; readonly runId: string; readonly dispatch: number } | null;
  /** What may be bought with it, where it is for no step. */
  readonly spending?: ReservedSpending;
}

/** An ask that a hard budget has no room for. */
export interface Refusal {
  readonly id: string;
  readonly budgetId: string;
  readonly key: string;
  readonly neededNanoUsd: bigint;
  /** What the budget had left. */
  readonly freeNanoUsd: bigint;
}

const nano = z.string().transform(BigInt);
const rowSchema = z.object({
  id: z.string(),
  budget_id: z.string(),
  key: z.string(),
  needed: nano,
  free: nano,
});

/**
 * Sets money aside, in one statement: each ask wholly or not at all, in every account that has one of its keys,
 * and in the order in which they stand. What a hard budget has no room for is refused, and with it all that
 * stands behind it in the same account, as is whatever an older document waits for. One that asks for more than
 * the whole limit keeps nobody else waiting. Accounts are locked in the order of their keys before anything is
 * decided: so a limit holds whoever else reserves at the same time. The caller has passed the budget gate.
 * @param options.beyondLimitOf the budget whose limit is not to stop it, as somebody said; it is kept as excess
 * @returns the refused ones; each of the others is reserved
 */
export async function reserve(
  tx: Db,
  asks: readonly Ask[],
  options: { now: Date; beyondLimitOf?: string | undefined },
): Promise<Refusal[]> {
  if (asks.length === 0) return [];
  const now = sql`${options.now.toISOString()}::timestamptz`;
  const { rows } = await tx.execute(sql`${planOnce}
    with ask as (
      select * from jsonb_to_recordset(${asJson(asks)}::jsonb) as ask(place int, id text, step_id text, run_id text,
        dispatch int, keys text[], work bigint, messages bigint, work_ms int, rank timestamptz, spending jsonb)
    ), known as materialized (
      select id, ended_at is not null as is_over, work_nano_usd as work from reservations where id in (select id from ask) order by id for update
    ), wanted as (
      select ask.*, known.id is not null as is_known,
             case when known.id is null then ask.work + ask.messages
                  when known.is_over then 0 else greatest(0, ask.work - known.work) end as nano
      from ask left join known using (id)
    ), account as materialized (
      select *, greatest(window_start, ${windowStart(sql`time_window`, sql`time_zone`, now)}) as opens
      from budget_accounts where key in (select unnest(keys) from ask)
        -- All of the reservations first, however the rest is planned.
        and (select count(*) from known) >= 0 order by budget_id, key for update
    ), present as (
      select account.*, opens > window_start as turns, budget_id is not distinct from ${options.beyondLimitOf ?? null}::text as passed,
             case when opens > window_start then 0 else settled_nano_usd end as settled
      from account
    ), line as (
      select wanted.place, wanted.id, nano, rank, budget_id, key,
             limit_nano_usd - settled - reserved_nano_usd as free, limit_nano_usd as most, not passed and mode = 'hard' as holds,
             sum(case when nano <= limit_nano_usd then nano else 0 end) over (partition by budget_id, key order by place) as asked
      from wanted join present on present.key = any(wanted.keys) where nano > 0
    ), cut as (
      select budget_id, key, min(place) as place from line
      where holds and nano <= most and (asked > free or exists (
        select from budget_holds older where older.until is null and not older.forced and older.budget_id = line.budget_id
          and older.key = line.key and older.rank < line.rank and older.needed_nano_usd <= line.most
          and older.step_id not in (select step_id from ask where step_id is not null)))
      group by budget_id, key
    ), refused as (
      select distinct on (line.place) line.place, line.id, line.budget_id, line.key, line.nano,
             line.free - line.asked + case when nano <= most then nano else 0 end as free
      from line left join cut on cut.budget_id = line.budget_id and cut.key = line.key and cut.place <= line.place
      where holds and (nano > most or cut.place is not null)
      order by line.place, line.free - line.nano
    ), granted as (
      select * from wanted where not exists (select from refused where refused.place = wanted.place)
    ), inserted as (
      insert into reservations (id, step_id, run_id, dispatch, keys, granted_nano_usd, work_nano_usd,
                                messages_nano_usd, work_ms, spending, state, created_at)
      select id, step_id, run_id, dispatch, keys, nano, work, messages, work_ms, spending, 'open', ${now}
      from granted where not is_known
      on conflict (id) do nothing returning id
    ), topped as (
      update reservations set work_nano_usd = work_nano_usd + nano, granted_nano_usd = granted_nano_usd + nano,
                              work_ms = greatest(reservations.work_ms, granted.work_ms)
      from granted where reservations.id = granted.id and is_known and nano > 0 returning reservations.id
    ), taken as (
      select budget_id, key, sum(nano) as nano from line
      where id in (select id from inserted union all select id from topped) group by budget_id, key
    ), moved as (
      update budget_accounts set window_start = opens, settled_nano_usd = settled,
        reserved_nano_usd = present.reserved_nano_usd + nano,
        unreserved_nano_usd = case when turns then 0 else present.unreserved_nano_usd end,
        excess_nano_usd = greatest(
          case when turns then present.reserved_nano_usd - present.limit_nano_usd else present.excess_nano_usd end,
          case when passed then settled + present.reserved_nano_usd + nano - present.limit_nano_usd end, 0)
      from present join taken using (budget_id, key)
      where budget_accounts.budget_id = present.budget_id and budget_accounts.key = present.key
    )
    select id, budget_id, key, nano::text as needed, free::text as free from refused order by place`);
  return z
    .array(rowSchema)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      budgetId: row.budget_id,
      key: row.key,
      neededNanoUsd: row.needed,
      freeNanoUsd: row.free,
    }));
}

function asJson(asks: readonly Ask[]): string {
  return JSON.stringify(
    asks.map((ask, place) => ({
      place,
      id: ask.id,
      step_id: ask.step?.id ?? null,
      run_id: ask.step?.runId ?? null,
      dispatch: ask.step?.dispatch ?? null,
      keys: ask.keys,
      work: ask.workNanoUsd.toString(),
      messages: ask.messagesNanoUsd.toString(),
      work_ms: ask.workMs,
      rank: ask.rank.toISOString(),
      spending: ask.spending ?? null,
    })),
  );
}
