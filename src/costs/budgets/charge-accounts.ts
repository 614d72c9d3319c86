import { type SQL, sql } from "drizzle-orm";
import { meters } from "../../telemetry/names.ts";
import { windowStart } from "./window.ts";

/**
 * The budgets' part of the statement that adds ledger entries (costs/ledger/record-entries.ts), in two halves:
 * what must be known before an entry is written, and what follows from those that really were. A budget's account
 * is the sum of the entries in its window, to the nano-USD, in every snapshot.
 */

const ofMessages = sql`meter = ${meters.qstashMessages}`;

/**
 * From `priced` to `dated`: the entries that the ledger does not have yet, each with its time and with what no
 * reservation covers of it. Money for messages and money for work are kept apart, so that what a message may
 * still cost is there whatever the work has cost. An entry that comes with a clock behind the others' is dated
 * into the window that they have opened; one that corrects an entry stays with that one's time.
 * Reservations, then accounts are locked, each in the order of their keys.
 */
export function coverEntries(keys: readonly string[], reservationIds: readonly string[]): SQL {
  const opens = windowStart(sql`time_window`, sql`time_zone`, sql`said_at`);
  return sql`
    pot as materialized (
      select id, keys, work_nano_usd, messages_nano_usd, ended_at from reservations
      where id = any(${sql.param([...reservationIds])}::text[]) and state = 'open' order by id for update
    ), account as materialized (
      select * from budget_accounts where key = any(${sql.param([...keys])}::text[])
        -- All of the reservations first, however the rest is planned.
        and (select count(*) from pot) >= 0 order by budget_id, key for update
    ), timed as (
      select priced.*, case when adjusts is not null then said_at else greatest(said_at, (
        select max(greatest(window_start, ${opens})) from account where key = any(priced.keys))) end as at
      from priced where not exists (select from ledger where ledger.id = priced.id)
    ), before as (
      select timed.id, coalesce(case when ${ofMessages} then messages_nano_usd else work_nano_usd end, 0) - coalesce(
        sum(nano_usd) over (partition by reservation_id, ${ofMessages} order by timed.id
          rows between unbounded preceding and 1 preceding), 0) as left_nano_usd
      from timed left join pot on pot.id = reservation_id
    ), dated as (
      select timed.*, case when adjusts is not null then greatest(0, nano_usd)
        else nano_usd - greatest(0, least(nano_usd, left_nano_usd)) end as unreserved_nano_usd
      from timed join before using (id)
    )`;
}

/** From `fresh`, the entries that were added: takes what they cost out of the reservations, and puts it down in the accounts. */
export function chargeAccounts(): SQL {
  const opens = windowStart(sql`time_window`, sql`time_zone`, sql`fresh.at`);
  return sql`
    paid as (
      select reservation_id as id, pot.keys,
             coalesce(sum(nano_usd - unreserved_nano_usd) filter (where ${ofMessages}), 0) as messages,
             coalesce(sum(nano_usd - unreserved_nano_usd) filter (where not ${ofMessages}), 0) as work,
             bool_or(${ofMessages}) as by_message
      from fresh join pot on pot.id = reservation_id group by reservation_id, pot.keys
    ), to_reservations as (
      update reservations set work_nano_usd = work_nano_usd - work, messages_nano_usd = messages_nano_usd - messages,
        delivered = delivered or by_message
      from paid where reservations.id = paid.id
    ), turned as (
      select account.*, greatest(window_start, (
        select max(${opens}) from fresh where key = any(fresh.keys) and adjusts is null)) as opens
      from account
    ), counted as (
      select turned.*, opens > window_start as turns, spent, unreserved,
             coalesce((select sum(messages + work) from paid where turned.key = any(paid.keys)), 0) as given
      from turned cross join lateral (
        select coalesce(sum(nano_usd), 0) as spent, coalesce(sum(fresh.unreserved_nano_usd), 0) as unreserved
        from fresh where turned.key = any(fresh.keys) and fresh.at >= opens) of_window
    ), charged as (
      select budget_id, key, limit_nano_usd, thresholds, opens, turns, settled_nano_usd as was,
             case when turns then 0 else settled_nano_usd end + spent as settled, reserved_nano_usd - given as reserved,
             case when turns then 0 else unreserved_nano_usd end + unreserved as unreserved
      from counted where turns or spent <> 0 or given <> 0
    ), to_accounts as (
      update budget_accounts set window_start = opens, settled_nano_usd = settled, reserved_nano_usd = reserved,
        unreserved_nano_usd = unreserved, excess_nano_usd = greatest(0, settled + reserved - charged.limit_nano_usd)
      from charged where budget_accounts.budget_id = charged.budget_id and budget_accounts.key = charged.key
    ), to_alerts as (
      insert into budget_alerts (budget_id, key, window_start, percent, settled_nano_usd, reserved_nano_usd, limit_nano_usd, at)
      select budget_id, key, opens, percent, settled, reserved, limit_nano_usd, (select max(at) from fresh)
      from charged cross join lateral unnest(thresholds) as percent
      where limit_nano_usd > 0 and settled * 100 >= limit_nano_usd * percent and (turns or was * 100 < limit_nano_usd * percent)
        and (key not like 'file:%' or percent >= 100)
      on conflict do nothing
    )`;
}
