import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Client } from "@upstash/qstash";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { createQstash } from "../../../src/local/qstash/create-qstash.ts";
import { secrets } from "./secrets.ts";
import { metered, type StandIn, startStandIn, statesOf, untilState } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ stopGraceMs: 100 });
});
afterAll(() => standIn.close());

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill("SIGKILL");
});

/** The same service in a process of its own. @returns its address */
async function startProcess(): Promise<string> {
  const script = new URL("qstash-process.ts", import.meta.url).pathname;
  child = spawn(process.execPath, [script, standIn.database.url], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = child.stdout ? await once(child.stdout, "data") : [];
  return String(line).trim();
}

test("messages that wait, schedules, queues and counters are there again after a restart", async () => {
  const { client, destination, clock } = standIn;
  const { messageId } = await client.publish({ url: `${destination.url}/waiting`, delay: 60, body: "kept" });
  await client.queue({ queueName: "kept" }).upsert({ parallelism: 4 });
  const schedule = { destination: `${destination.url}/tick`, cron: "0 0 1 1 *", scheduleId: "kept" };
  await client.schedules.create(schedule);
  await client.publish({ url: `${destination.url}/counted` });
  await destination.request("/counted");
  const counted = await metered(standIn, "messages");
  await standIn.stop();
  await standIn.start();
  expect((await client.messages.get(messageId)).body).toBe("kept");
  expect((await client.queue({ queueName: "kept" }).get()).parallelism).toBe(4);
  expect((await client.schedules.get("kept")).cron).toBe("0 0 1 1 *");
  expect(await metered(standIn, "messages")).toBe(counted);
  clock.advance(61_000);
  expect((await destination.request("/waiting")).body).toBe("kept");
});

test("a delivery that a stop broke off is made again after the start", async () => {
  const { client, destination } = standIn;
  destination.answer("/broken-off", () => new Promise(() => {}), {});
  const { messageId } = await client.publish({ url: `${destination.url}/broken-off` });
  await destination.request("/broken-off");
  await standIn.stop();
  await standIn.start();
  await destination.request("/broken-off", 2);
  await untilState(client, messageId, "DELIVERED");
  expect(await statesOf(client, messageId)).toEqual(["CREATED", "ACTIVE", "ACTIVE", "DELIVERED"]);
});

test("while one delivers from a database, a second one does not start", async () => {
  const pool = new pg.Pool({ connectionString: standIn.database.url });
  const second = createQstash({ pool, clock: createAdjustableClock(), ...secrets });
  await expect(second.start()).rejects.toThrow("Another local QStash");
  await pool.end();
});

test("when the database's connections break in mid-delivery, the result is written once it is back", async () => {
  const { client, destination, database } = standIn;
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
  const { client, destination } = standIn;
  await standIn.stop();
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
  await standIn.start();
  for (const answer of sent) {
    if ("messageId" in answer) await untilState(client, answer.messageId, "DELIVERED");
  }
  const delivered = destination.received.filter((request) => request.path === "/load");
  expect(new Set(delivered.map((request) => request.body)).size).toBe(total);
}, 60_000);
