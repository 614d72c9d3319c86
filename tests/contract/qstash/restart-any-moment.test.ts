import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createEmptyDatabase, type EmptyDatabase } from "../../support/postgres.ts";
import { needs } from "../target.ts";
import { type Destination, startDestination } from "./destination.ts";
import { type KillableQstash, startKillable } from "./killable-qstash.ts";

let destination: Destination;
beforeEach(() => needs("restart"));
beforeAll(async () => {
  destination = await startDestination("any-moment");
});
afterAll(() => destination.close());

/** What a client was told before the process was killed. */
interface Confirmed {
  readonly stored: Set<string>;
  readonly cancelled: Set<string>;
}

const minuteMs = 60_000;

test("killed at any moment, it loses no message, delivers none that was cancelled, and sends each dead letter and tick once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (moment) => {
      const database = await createEmptyDatabase();
      try {
        await killAndRestart(database, moment);
      } finally {
        await database.drop();
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 180_000);

/** @param moment the event after which it is killed: an answer to a client, or a delivery that arrived */
async function killAndRestart(database: EmptyDatabase, moment: number): Promise<void> {
  const run = database.url.split("/").at(-1) ?? "";
  const to = (path: string) => `${destination.url}/${run}/${path}`;
  const arrived = (path: string) => destination.received.filter(({ path: own }) => own === `/${run}/${path}`);
  const confirmed: Confirmed = { stored: new Set(), cancelled: new Set() };

  const first = await startKillable(database.url);
  let killed: Promise<void> | undefined;
  let events = 0;
  const happened = () => {
    events += 1;
    if (events === moment) killed = first.kill();
  };
  const answering = (status: number) => async () => {
    happened();
    return { status };
  };
  for (const path of ["work", "gone", "tick"]) destination.answer(`/${run}/${path}`, answering(200));
  destination.answer(`/${run}/dead`, answering(500));
  await Promise.all([
    publishAll(first, to("work"), "work", confirmed, happened),
    publishAll(first, to("dead"), "dead", confirmed, happened),
    cancelAll(first, to("gone"), confirmed, happened),
    retryDeadLetters(first, happened),
    tick(first, to("tick"), happened),
  ]);
  await (killed ?? first.kill());

  for (const path of ["work", "gone", "tick", "dead"]) destination.answer(`/${run}/${path}`, { status: 200 });
  const before = { gone: arrived("gone").length, dead: arrived("dead").length };
  const second = await startKillable(database.url);
  try {
    await finishEverything(second, database);
    const attempts = ["work", "gone", "dead", "tick"].flatMap(arrived).length;
    expect(await second.metered()).toBeGreaterThanOrEqual(attempts);
  } finally {
    await second.kill();
  }

  const delivered = new Set(
    [...arrived("work"), ...arrived("dead").slice(before.dead)].map(({ body }) => body),
  );
  expect([...confirmed.stored].filter((body) => !delivered.has(body))).toEqual([]);
  const late = arrived("gone").slice(before.gone);
  expect(late.filter(({ body }) => confirmed.cancelled.has(body))).toEqual([]);
  const senders = new Map<string, Set<string | null>>();
  for (const { body, headers } of [...arrived("work"), ...arrived("dead").slice(before.dead)]) {
    senders.set(body, (senders.get(body) ?? new Set()).add(headers.get("Upstash-Message-Id")));
  }
  expect([...senders].filter(([, ids]) => ids.size !== 1)).toEqual([]);
  await expectEachTickOnce(
    database,
    new Set(arrived("tick").map(({ headers }) => headers.get("Upstash-Message-Id"))),
  );
}

/** What is asked of a process that is being killed may fail; only what it has answered counts. */
async function tolerant<Answer>(request: Promise<Answer>, happened: () => void): Promise<Answer | undefined> {
  const answer = await request.catch(() => undefined);
  if (answer !== undefined) happened();
  return answer;
}

async function publishAll(
  { client }: KillableQstash,
  url: string,
  name: string,
  { stored }: Confirmed,
  happened: () => void,
): Promise<void> {
  for (let at = 0; at < 25; at += 1) {
    const body = `${name}-${at}`;
    if (await tolerant(client.publish({ url, body, retries: 0 }), happened)) stored.add(body);
  }
}

/** Cancels messages that are waiting, and such as may be under way already. */
async function cancelAll(
  { client }: KillableQstash,
  url: string,
  { cancelled }: Confirmed,
  happened: () => void,
): Promise<void> {
  for (let at = 0; at < 15; at += 1) {
    const body = `gone-${at}`;
    const delay = at % 2 === 0 ? { delay: 30 } : {};
    const sent = await tolerant(client.publish({ url, body, ...delay }), happened);
    if (sent && (await tolerant(client.messages.cancel(sent.messageId), happened))) cancelled.add(body);
  }
}

async function retryDeadLetters({ client }: KillableQstash, happened: () => void): Promise<void> {
  for (let at = 0; at < 10; at += 1) {
    await tolerant(client.dlq.retry({ filter: { responseStatus: 500 } }), happened);
  }
}

async function tick(
  { client, advance }: KillableQstash,
  destination: string,
  happened: () => void,
): Promise<void> {
  await tolerant(client.schedules.create({ destination, cron: "* * * * *", scheduleId: "tick" }), happened);
  for (let at = 0; at < 5; at += 1) await tolerant(advance(minuteMs), happened);
}

/**
 * After the restart: all that falls due is delivered, and all dead letters are sent again. The clock is moved by less
 * than the timeout of a delivery.
 */
async function finishEverything({ client, advance }: KillableQstash, { pool }: EmptyDatabase): Promise<void> {
  await pool.query("UPDATE qstash.schedules SET paused = true");
  await advance(10 * minuteMs);
  const left = async () => {
    const { rows } = await pool.query<{ pending: number; letters: number }>(
      `SELECT (SELECT count(*)::int FROM qstash.messages WHERE state IN ('waiting', 'active')) AS pending,
              (SELECT count(*)::int FROM qstash.dead_letters) AS letters`,
    );
    if (rows[0]?.letters) await client.dlq.retry({ filter: { responseStatus: 500 } });
    return rows[0];
  };
  await expect.poll(left, { timeout: 20_000, interval: 20 }).toEqual({ pending: 0, letters: 0 });
}

async function expectEachTickOnce(
  { pool }: EmptyDatabase,
  arrived: ReadonlySet<string | null>,
): Promise<void> {
  const { rows } = await pool.query<{ id: string; minute: string }>(
    `SELECT message_id AS id, created_ms / ${minuteMs} AS minute FROM qstash.messages
     WHERE spec->>'scheduleId' = 'tick'`,
  );
  expect(rows.map(({ id }) => id).filter((id) => !arrived.has(id))).toEqual([]);
  expect(new Set(rows.map(({ minute }) => minute)).size).toBe(rows.length);
}
