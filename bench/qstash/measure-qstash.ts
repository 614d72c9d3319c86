import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "@upstash/qstash";
import { z } from "zod";
import { type Child, startChild } from "../child.ts";
import { processorMsOfTree } from "../processor-time.ts";
import { quantile } from "../report.ts";
import type { NoOpDestination } from "./destination.ts";
import { batchSize, idleMs, inFlight, loads, perSecond, spreadPerSec, warmUp } from "./loads.ts";

/** What was seen of the local QStash. */
export interface QstashFigures {
  readonly deliveriesPerSec: number;
  readonly publishesPerSec: number;
  readonly batchedPerSec: number;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** Of the requests that retried all dead letters, the sums. */
  readonly retry: RetryFigures;
  /** Processor time of its process while nothing was due, in percent of one core. */
  readonly idlePercent: number;
}

interface RetryFigures {
  /** From sending to answer, as the SDK saw it. */
  readonly seenMs: number;
  /** From the arrival in the server to its answer. */
  readonly serverMs: number;
  /** Processor time of the server and of Postgres meanwhile, what they delivered besides included. */
  readonly processorMs: number;
  /** How many of the retried messages were delivered meanwhile. */
  readonly delivered: number;
}

interface Served {
  readonly child: Child<{ url: string }>;
  readonly client: Client;
  readonly destination: NoOpDestination;
  /** Moves its clock ahead. */
  advance(ms: number): Promise<void>;
}

const usedSchema = z.object({ cpuMs: z.number(), retryMs: z.number() });
const token = "bench-token";
const daySec = 86_400;

/** Serves a local QStash in a process of its own over a new database for each figure, and drives it with the SDK. */
export async function measureQstash(
  databaseFor: (name: string) => Promise<string>,
  destination: NoOpDestination,
  postgresPid: number,
): Promise<QstashFigures> {
  const inNew = async <Figures>(name: string, work: (served: Served) => Promise<Figures>) => {
    destination.reset();
    destination.status = 200;
    const served = await serve(await databaseFor(name), destination);
    const figures = await work(served);
    await served.child.kill();
    return figures;
  };
  return {
    ...(await inNew("throughput", measureThroughput)),
    latencyMs: await inNew("latency", measureLatency),
    retry: await inNew("dead_letters", (served) => measureRetry(served, postgresPid)),
    idlePercent: await inNew("idle", measureIdle),
  };
}

async function serve(database: string, destination: NoOpDestination): Promise<Served> {
  const args = [database, token, String(inFlight)];
  const child = await startChild("qstash/qstash-process.ts", args, z.object({ url: z.string() }));
  const { url } = child.hello;
  return {
    child,
    destination,
    client: new Client({ baseUrl: url, token, enableTelemetry: false, retry: false }),
    async advance(ms) {
      await fetch(`${url}/__local/clock/advance`, { method: "POST", body: JSON.stringify({ ms }) });
    },
  };
}

/** Messages that all fall due at once, when the clock is moved: so that publishing takes no part in it. */
async function measureThroughput({ client, destination, advance }: Served) {
  const message = { url: destination.url, body: "no-op", delay: daySec };
  const publishOneByOne = async (count: number) => {
    for (let sent = 0; sent < count; sent += 1) await client.publish(message);
  };
  await publishOneByOne(warmUp);
  const singleMs = await timed(() => publishOneByOne(loads.single));
  const batchedMs = await timed(() => publishBatches(client, message, loads.batched));
  await advance(daySec * 1000);
  await destination.arrived(warmUp + loads.single + loads.batched);
  return {
    publishesPerSec: perSecond(loads.single, singleMs),
    batchedPerSec: perSecond(loads.batched, batchedMs),
    deliveriesPerSec: spreadPerSec(destination.arrivalsMs),
  };
}

async function measureLatency({ client, destination }: Served) {
  const timesMs: number[] = [];
  for (let sent = 0; sent < loads.latency; sent += 1) {
    destination.reset();
    const startedMs = performance.now();
    const arrived = destination.arrived(1);
    await Promise.all([client.publish({ url: destination.url, body: "no-op" }), arrived]);
    timesMs.push((destination.arrivalsMs[0] ?? Number.NaN) - startedMs);
  }
  return { p50: quantile(timesMs), p95: quantile(timesMs, 0.95), p99: quantile(timesMs, 0.99) };
}

/** The retried messages are delivered while the rest is being retried, as in earnest. */
async function measureRetry(
  { client, child, destination }: Served,
  postgresPid: number,
): Promise<RetryFigures> {
  destination.status = 500;
  await publishBatches(client, { url: destination.url, body: "no-op", retries: 0 }, loads.deadLetters);
  await destination.arrived(loads.deadLetters);
  destination.status = 200;
  destination.reset();
  const used = async () => {
    const { cpuMs, retryMs } = await child.ask({}, usedSchema);
    return { cpuMs: cpuMs + (await processorMsOfTree(postgresPid)), retryMs };
  };
  const before = await used();
  let cursor: string | undefined;
  const seenMs = await timed(async () => {
    do {
      const retried = await client.dlq.retry({ filter: { url: destination.url }, ...(cursor && { cursor }) });
      cursor = retried.cursor;
    } while (cursor);
  });
  const delivered = destination.arrivalsMs.length;
  const after = await used();
  await destination.arrived(loads.deadLetters);
  return {
    seenMs,
    delivered,
    serverMs: after.retryMs - before.retryMs,
    processorMs: after.cpuMs - before.cpuMs,
  };
}

async function measureIdle({ client, child, destination }: Served): Promise<number> {
  await publishBatches(client, { url: destination.url, body: "no-op", delay: daySec }, loads.waiting);
  const cpu = () => child.ask({}, usedSchema);
  // What the publishing leaves behind is collected before.
  await pause(2000);
  const before = await cpu();
  await pause(idleMs);
  return ((await cpu()).cpuMs - before.cpuMs) / (idleMs / 100);
}

async function publishBatches(
  client: Client,
  message: {
    readonly url: string;
    readonly body: string;
    readonly delay?: number;
    readonly retries?: number;
  },
  count: number,
): Promise<void> {
  for (let sent = 0; sent < count; sent += batchSize) {
    await client.batch(Array.from({ length: batchSize }, () => message));
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
