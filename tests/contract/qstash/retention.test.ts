import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { statesOf, untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

const dayMs = 86_400_000;
let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget({ logRetentionMs: 5 * dayMs, dlqRetentionMs: 10 * dayMs });
});
afterAll(() => target.close());
beforeEach(() => needs("options", "clock"));

/** Moves the clock, and on by minutes until what was too old by then has been looked for. */
async function pass(days: number): Promise<void> {
  const { pool } = target.database;
  target.clock.advance(days * dayMs);
  await pool.query("INSERT INTO qstash.deduplication VALUES ('expired', 'msg_x', 0)");
  const expired = async () => {
    target.clock.advance(60_000);
    return (await pool.query("SELECT FROM qstash.deduplication WHERE key = 'expired'")).rowCount;
  };
  await expect.poll(expired, { interval: 2, timeout: 15_000 }).toBe(0);
}

const letters = async () =>
  (await target.client.dlq.listMessages()).messages.map(({ messageId }) => messageId);
const kept = async () => {
  const { rows } = await target.database.pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM qstash.messages",
  );
  return rows[0]?.n;
};

describe("what is kept, and for how long", () => {
  test("a log, then a dead letter, and last the message go by their own retention; what waits stays", async () => {
    const { client, destination } = target;
    destination.answer("/failed", { status: 500 });
    const { messageId: failed } = await client.publish({ url: `${destination.url}/failed`, retries: 0 });
    const { messageId: done } = await client.publish({ url: `${destination.url}/done` });
    const { messageId: waiting } = await client.publish({
      url: `${destination.url}/later`,
      delay: 20 * 86_400,
    });
    const { messageId: calledOff } = await client.publish({
      url: `${destination.url}/off`,
      delay: 20 * 86_400,
    });
    await client.messages.cancel(calledOff);
    await untilState(client, failed, "FAILED");
    await untilState(client, done, "DELIVERED");

    await pass(4);
    expect(await statesOf(client, done)).toEqual(["CREATED", "ACTIVE", "DELIVERED"]);
    await pass(2);
    expect(await statesOf(client, done)).toEqual([]);
    expect(await statesOf(client, failed)).toEqual([]);
    expect(await letters()).toEqual([failed]);
    await pass(5);
    expect(await letters()).toEqual([]);
    expect(await kept()).toBe(2);
    expect(await statesOf(client, waiting)).toEqual(["CREATED"]);
    expect(await statesOf(client, calledOff)).toEqual(["CREATED", "CANCEL_REQUESTED"]);
    target.clock.advance(10 * dayMs);
    await destination.request("/later");
    await untilState(client, calledOff, "CANCELED");
  });
});
