import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { planOnce } from "../../db/plan-once.ts";

/**
 * Gives back what is left of reservations, in one statement, in every account in which they count. Twice is as
 * once.
 * @param ended as SQL: the `id` of open reservations, and as `stays` how much of the money for messages is kept,
 * as it may still be spent
 * @returns the budgets that have steps waiting for what was given back
 */
async function giveBack(tx: Db, ended: SQL, now: Date): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await tx.execute(sql`${planOnce}
    with ended as (${ended}), pot as materialized (
      select * from reservations where state = 'open' and id in (select id from ended) order by id for update
    ), kept as (
      select pot.id, keys, least(stays, messages_nano_usd) as stays,
             work_nano_usd + messages_nano_usd - least(stays, messages_nano_usd) as nano
      from pot join ended using (id)
    ), to_pots as (
      update reservations set work_nano_usd = 0, messages_nano_usd = stays, ended_at = coalesce(ended_at, ${at}),
        state = case when stays = 0 then 'closed' else 'open' end, closed_at = case when stays = 0 then ${at} end
      from kept where reservations.id = kept.id
    ), account as materialized (
      select * from budget_accounts where key in (select unnest(keys) from kept where nano > 0)
      order by budget_id, key for update
    ), freed as (
      select budget_id, key, sum(nano) as nano from account join kept on account.key = any(kept.keys)
      group by budget_id, key
    ), to_accounts as (
      update budget_accounts set reserved_nano_usd = account.reserved_nano_usd - nano,
        excess_nano_usd = greatest(0, least(account.excess_nano_usd,
          account.settled_nano_usd + account.reserved_nano_usd - nano - account.limit_nano_usd))
      from account join freed using (budget_id, key)
      where budget_accounts.budget_id = account.budget_id and budget_accounts.key = account.key
    )
    select distinct budget_id from freed where nano > 0 and exists (
      select from budget_holds held where held.until is null and held.budget_id = freed.budget_id
        and held.key = freed.key)`);
  return z
    .array(z.object({ budget_id: z.string() }))
    .parse(rows)
    .map((row) => row.budget_id);
}

/** Money for deliveries is kept while QStash may have the message: it was delivered once, or was sent. */
const lingering = sql`case when reservations.delivered or exists (select from outbox
  where outbox.step_id = reservations.step_id and outbox.dispatch = reservations.dispatch
    and outbox.published_at is not null) then messages_nano_usd else 0 end`;

/**
 * Gives back what the dispatches of a run had set aside that have ended: those of steps that are neither queued
 * nor running, and those that a later one has replaced. The caller holds the run's lock.
 * @param lost reservations of dispatches that have ended though their steps do not show it yet
 * @returns the budgets that have steps waiting for it
 */
export function releaseEnded(
  tx: Db,
  run: { readonly runId: string },
  now: Date,
  lost: readonly string[] = [],
): Promise<string[]> {
  return giveBack(
    tx,
    sql`select reservations.id, ${lingering} as stays from reservations
      join steps on steps.id = reservations.step_id
      where reservations.run_id = ${run.runId} and reservations.state = 'open' and reservations.ended_at is null
        and (steps.state not in ('queued', 'running') or steps.dispatch <> reservations.dispatch
          or reservations.id = any(${sql.param([...lost])}::text[]))`,
    now,
  );
}

/** Gives back all that is left of one reservation, as nothing will be spent from it any more. */
export function releaseReservation(tx: Db, id: string, now: Date): Promise<string[]> {
  return giveBack(tx, sql`select ${id}::text as id, 0 as stays`, now);
}

/** For how long a message may still be delivered after its step was done, if QStash never says. In ms. */
const lingersMs = 3_600_000;

/** Most reservations in one pass; the next tick takes the rest. */
const batchSize = 1000;

/**
 * Gives back what was kept for deliveries that will not come any more: QStash's log says that it is done with
 * the message, or enough time has passed.
 * @returns the budgets that have steps waiting for it
 */
export function releaseDelivered(tx: Db, now: Date): Promise<string[]> {
  const over = new Date(now.getTime() - lingersMs).toISOString();
  return giveBack(
    tx,
    sql`select id, 0 as stays from reservations where state = 'open' and ended_at is not null
      and (ended_at <= ${over}::timestamptz or exists (select from message_states
        where message_states.step_id = reservations.step_id and message_states.dispatch = reservations.dispatch
          and message_states.state in ('DELIVERED', 'FAILED', 'CANCELED')))
      order by ended_at limit ${batchSize}`,
    now,
  );
}
