import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { takeInMessages } from "../../../src/local/qstash/store/take-in-messages.ts";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("stand-in"));

/** Stores a message past the service, as another process over the same database does. */
async function storeBeside(path: string, dueMs: number): Promise<void> {
  const spec = {
    url: `${target.destination.url}${path}`,
    method: "POST",
    header: {},
    maxRetries: 0,
    labels: [],
  };
  const message = { messageId: `msg_beside${path}`, spec, body: Buffer.from("beside"), dueMs };
  await takeInMessages(target.database.pool, [message], target.clock.now().getTime());
}

/** Waits until every pass is over: only the connection that listens is out, also after all that follows by itself. */
async function untilIdle(): Promise<void> {
  const { pool } = target.database;
  for (let turns = 0; turns < 20; ) {
    await new Promise(setImmediate);
    turns = pool.totalCount - pool.idleCount === 1 && pool.waitingCount === 0 ? turns + 1 : 0;
  }
}

test("while nothing falls due the database is asked nothing, however time passes", async () => {
  const { clock, database, destination } = target;
  await untilIdle();
  await storeBeside("/before", clock.now().getTime());
  await destination.request("/before");
  await untilState(target.client, "msg_beside/before", "DELIVERED");
  await untilIdle();
  let asked = 0;
  const count = () => {
    asked += 1;
  };
  database.pool.on("acquire", count);
  await storeBeside("/in-an-hour", clock.now().getTime() + 3_600_000);
  // The store asked once; the pass that its notification wakes asks again, whenever that arrives.
  while (asked < 2) await new Promise(setImmediate);
  await untilIdle();
  asked = 0;
  for (let at = 0; at < 300; at += 1) {
    clock.advance(1000);
    await new Promise(setImmediate);
  }
  database.pool.off("acquire", count);
  expect(asked).toBe(0);
  expect(destination.count("/in-an-hour")).toBe(0);
  clock.advance(3_600_000);
  await destination.request("/in-an-hour");
});

test("a message that another process stores is delivered at once, or when it falls due", async () => {
  const { clock, destination } = target;
  await storeBeside("/now", clock.now().getTime());
  await destination.request("/now");
  await storeBeside("/later", clock.now().getTime() + 3_600_000);
  await storeBeside("/after-it", clock.now().getTime());
  await destination.request("/after-it");
  expect(destination.count("/later")).toBe(0);
  clock.advance(3_600_000);
  await destination.request("/later");
});

test("when the connection that listens has broken, what was stored meanwhile is delivered once it is back", async () => {
  const { clock, destination, database } = target;
  await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  await storeBeside("/meanwhile", clock.now().getTime());
  await destination.request("/meanwhile");
  await storeBeside("/again", clock.now().getTime());
  await destination.request("/again");
});
