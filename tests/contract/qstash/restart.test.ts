import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Client } from "@upstash/qstash";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { createQstash } from "../../../src/local/qstash/create-qstash.ts";
import { needs } from "../target.ts";
import { statesOf, untilState } from "./message-states.ts";
import { secrets } from "./secrets.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget({ stopGraceMs: 100 });
});
afterAll(() => target.close());
beforeEach(() => needs("restart"));

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill("SIGKILL");
});

/** The same service in a process of its own. @returns its address */
async function startProcess(): Promise<string> {
  const script = new URL("qstash-process.ts", import.meta.url).pathname;
  child = spawn(process.execPath, [script, target.database.url], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = child.stdout ? await once(child.stdout, "data") : [];
  return String(line).trim();
}

test("messages that wait, schedules, queues and counters are there again after a restart", async () => {
  const { client, destination, clock } = target;
  const { messageId } = await client.publish({ url: `${destination.url}/waiting`, delay: 60, body: "kept" });
  await client.queue({ queueName: "kept" }).upsert({ parallelism: 4 });
  const schedule = { destination: `${destination.url}/tick`, cron: "0 0 1 1 *", scheduleId: "kept" };
  await client.schedules.create(schedule);
  await client.publish({ url: `${destination.url}/counted` });
  await destination.request("/counted");
  const counted = await target.metered("messages");
  await target.stop();
  await target.start();
  expect((await client.messages.get(messageId)).body).toBe("kept");
  expect((await client.queue({ queueName: "kept" }).get()).parallelism).toBe(4);
  expect((await client.schedules.get("kept")).cron).toBe("0 0 1 1 *");
  expect(await target.metered("messages")).toBe(counted);
  clock.advance(61_000);
  expect((await destination.request("/waiting")).body).toBe("kept");
});

test("a cancel that waits for its moment is carried out after a restart, and nothing is delivered", async () => {
  const { client, destination, clock } = target;
  const { messageId } = await client.publish({ url: `${destination.url}/called-off`, delay: 60 });
  await client.messages.cancel(messageId);
  await target.stop();
  await target.start();
  expect((await statesOf(client, messageId)).at(-1)).toBe("CANCEL_REQUESTED");
  clock.advance(61_000);
  await untilState(client, messageId, "CANCELED");
  expect(destination.count("/called-off")).toBe(0);
});

test("a delivery that a stop broke off is made again after the start", async () => {
  const { client, destination } = target;
  destination.answer("/broken-off", () => new Promise(() => {}), {});
  const { messageId } = await client.publish({ url: `${destination.url}/broken-off` });
  await destination.request("/broken-off");
  await target.stop();
  await target.start();
  await destination.request("/broken-off", 2);
  await untilState(client, messageId, "DELIVERED");
  expect(await statesOf(client, messageId)).toEqual(["CREATED", "ACTIVE", "ACTIVE", "DELIVERED"]);
});

test("while one delivers from a database, a second one does not start", async () => {
  const pool = new pg.Pool({ connectionString: target.database.url });
  const second = createQstash({ pool, clock: createAdjustableClock(), ...secrets });
  await expect(second.start()).rejects.toThrow("Another local QStash");
  await pool.end();
});

test("when the database's connections break in mid-delivery, the result is written once it is back", async () => {
  const { client, destination, database } = target;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  destination.answer("/outage", async () => {
    await held;
    return { status: 200 };
  });
  const { messageId } = await client.publish({ url: `${destination.url}/outage` });
  await destination.request("/outage");
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  release();
  await admin.end();
  await untilState(client, messageId, "DELIVERED");
  expect(destination.count("/outage")).toBe(1);
});

test("killed hard under load, it delivers every message after the next start", async () => {
  const { client, destination } = target;
  await target.stop();
  const url = await startProcess();
  const total = 60;
  const publisher = new Client({ baseUrl: url, token: secrets.token, enableTelemetry: false });
  // The first ones are held by the destination, so that they are under way when the process is killed.
  destination.answer("/load", ...Array.from({ length: 5 }, () => () => new Promise<never>(() => {})), {});
  const sent = await publisher.batch(
    Array.from({ length: total }, (_, n) => ({
      url: `${destination.url}/load`,
      body: String(n),
      retries: 0,
    })),
  );
  await destination.request("/load", 20);
  child?.kill("SIGKILL");
  await target.start();
  for (const answer of sent) {
    if ("messageId" in answer) await untilState(client, answer.messageId, "DELIVERED");
  }
  const delivered = destination.received.filter((request) => request.path === "/load");
  expect(new Set(delivered.map((request) => request.body)).size).toBe(total);
}, 60_000);
