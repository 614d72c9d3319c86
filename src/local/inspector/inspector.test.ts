import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@upstash/qstash";
import { Index } from "@upstash/vector";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../../tests/support/free-port.ts";
import { createEmptyDatabase, type EmptyDatabase } from "../../../tests/support/postgres.ts";
import { type AdjustableClock, createAdjustableClock } from "../../kernel/clock.ts";
import { createLog } from "../../kernel/log.ts";
import { createBlob } from "../blob/create-blob.ts";
import { createGatewayStandIn } from "../gateway/create-gateway.ts";
import { type Listener, listen } from "../kit/listen.ts";
import type { LocalService } from "../kit/service.ts";
import { createQstash } from "../qstash/create-qstash.ts";
import { createVector } from "../vector/create-vector.ts";
import { createInspector } from "./create-inspector.ts";
import { type InspectedService, serviceNames } from "./inspected.ts";
import type { StateSource } from "./read-state.ts";

const secrets = { qstash: "qstash-secret", vector: "vector-secret", gateway: "gateway-secret" };
const blobToken = "vercel_blob_rw_local_blob-secret";

let database: EmptyDatabase;
let folder: string;
let clock: AdjustableClock;
let source: StateSource;
let inspector: Listener;
const listeners: Listener[] = [];
const started: LocalService[] = [];
const services: InspectedService[] = [];

beforeAll(async () => {
  [database, folder] = await Promise.all([
    createEmptyDatabase(),
    mkdtemp(join(tmpdir(), "waybill-inspector-")),
  ]);
  clock = createAdjustableClock();
  const parts = { pool: database.pool, clock, log: createLog("silent"), control: true };
  const made = {
    qstash: createQstash({
      ...{ ...parts, token: secrets.qstash },
      ...{ currentSigningKey: "sig_current", nextSigningKey: "sig_next" },
    }),
    vector: createVector({
      ...parts,
      token: secrets.vector,
      indexes: [
        { name: "default", dense: { dimension: 2, similarityFunction: "COSINE" } },
        { name: "words", sparse: {} },
      ],
    }),
    gateway: createGatewayStandIn({ ...parts, apiKey: secrets.gateway }),
    blob: createBlob({ ...parts, token: blobToken, folder }),
  };
  for (const name of serviceNames) {
    await made[name].start();
    started.push(made[name]);
    const listener = await listen(made[name].app, 0);
    listeners.push(listener);
    const since = new Date();
    services.push({ name, title: name, address: listener.url, url: listener.url, since: () => since });
  }
  source = sourceOf({ control: true });
  inspector = await serveInspector(source);
});
afterAll(async () => {
  await Promise.all(listeners.map((listener) => listener.close()));
  for (const service of started) await service.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function urlOf(name: InspectedService["name"]): string {
  return services.find((service) => service.name === name)?.url ?? "";
}

function sourceOf(options: {
  control: boolean;
  services?: InspectedService[];
  vectorUrl?: string;
}): StateSource {
  const vectorUrl = options.vectorUrl ?? urlOf("vector");
  return {
    stack: {
      services: options.services ?? services,
      postgresAddress: "127.0.0.1:5432",
      applicationUrl: "http://127.0.0.1:3000",
      qstashToken: secrets.qstash,
      indexes: ["default", "words"].map((name) => ({
        ...{ name, url: `${vectorUrl}/indexes/${name}`, token: secrets.vector },
      })),
    },
    ...{ pool: database.pool, clock, control: options.control },
  };
}

async function serveInspector(from: StateSource): Promise<Listener> {
  const listener = await listen(createInspector(from), 0);
  listeners.push(listener);
  return listener;
}

async function stateAt({ url }: Listener) {
  const answer = await fetch(`${url}/api/state`);
  expect(answer.status).toBe(200);
  return answer.json();
}

function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  at = inspector,
): Promise<Response> {
  return fetch(`${at.url}${path}`, { method: "POST", body: JSON.stringify(body), headers });
}

const qstash = () => new Client({ baseUrl: urlOf("qstash"), token: secrets.qstash, retry: false });

describe("the page", () => {
  test("is served with its parts, and may load nothing from outside", async () => {
    const page = await fetch(`${inspector.url}/`);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toContain("unsafe");
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path]) => path ?? "");
    expect(parts.length).toBeGreaterThan(2);
    for (const path of parts) expect((await fetch(`${inspector.url}/${path}`)).status, path).toBe(200);
  });

  test("gives out no file beside it", async () => {
    for (const path of ["/../create-inspector.ts", "/..%2fcreate-inspector.ts", "/%2e%2e/README.md"]) {
      expect((await fetch(`${inspector.url}${path}`)).status, path).toBe(501);
    }
  });
});

describe("the state", () => {
  test("tells what each service is, since when, and what it counted, and no secret", async () => {
    const client = qstash();
    await client.queue({ queueName: "slow" }).upsert({ parallelism: 3 });
    await client.schedules.create({
      destination: "https://a.test/tick",
      cron: "0 0 1 1 *",
      scheduleId: "yearly",
    });
    const { messageId } = await client.publish({ url: "https://a.test/x?key=hidden", delay: 600 });
    const index = new Index({ url: urlOf("vector"), token: secrets.vector });
    await index.upsert([{ id: "1", vector: [1, 0] }], { namespace: "n" });

    const state = await stateAt(inspector);
    expect(state.services.map((one: { name: string }) => one.name)).toEqual([...serviceNames]);
    expect(state.services[1]).toMatchObject({
      sinceMs: expect.any(Number),
      meters: { ok: true, value: { writes: 1 } },
    });
    expect(state.postgres.answer).toMatchObject({ ok: true, value: { sinceMs: expect.any(Number) } });
    expect(state.qstash.value).toMatchObject({
      counts: { waiting: 1, active: 0, dead: 0 },
      messages: [{ messageId, state: "CREATED", url: "https://a.test/x?…" }],
      queues: { items: [{ name: "slow", parallelism: 3, lag: 0 }], total: 1 },
      schedules: { items: [{ scheduleId: "yearly", cron: "0 0 1 1 *" }], total: 1 },
    });
    expect(state.indexes[0].info.value).toMatchObject({
      ...{ vectorCount: 1, dimension: 2 },
      namespaces: {
        items: [
          { name: "n", vectorCount: 1 },
          { name: "", vectorCount: 0 },
        ],
        total: 2,
      },
    });
    expect(state.indexes[1]).toMatchObject({
      name: "words",
      info: { value: { vectorCount: 0, indexType: "SPARSE" } },
    });
    const text = JSON.stringify(state);
    for (const secret of [...Object.values(secrets), blobToken, "hidden"]) expect(text).not.toContain(secret);
    await client.messages.cancel(messageId);
  });

  test("a message is shown by its last state, with what was answered before", async () => {
    const client = qstash();
    const url = `${urlOf("gateway")}/nothing-here`;
    const { messageId } = await client.publish({ url, retries: 0 });
    const shown = async () =>
      (await stateAt(inspector)).qstash.value.messages.filter(
        (one: { messageId: string }) => one.messageId === messageId,
      );
    await expect.poll(shown).toMatchObject([{ state: "FAILED", responseStatus: 401 }]);
    expect((await stateAt(inspector)).qstash.value.counts.dead).toBe(1);
  });

  test("a part that does not answer says why, and the others are told all the same", async () => {
    const closedPort = await freePort();
    const broken = services.map((service) =>
      service.name === "blob" ? { ...service, url: `http://127.0.0.1:${closedPort}` } : service,
    );
    const unstarted = broken.map((service) =>
      service.name === "qstash" ? { ...service, since: () => undefined } : service,
    );
    const lame = await serveInspector(
      sourceOf({ control: true, services: unstarted, vectorUrl: `${urlOf("vector")}/no-such-command` }),
    );
    const state = await stateAt(lame);
    expect(state.services[3].meters).toEqual({ ok: false, error: "Nothing listens at its port." });
    expect(state.services[0]).not.toHaveProperty("meters");
    expect(state).not.toHaveProperty("qstash");
    expect(state.indexes[0].info).toMatchObject({ ok: false, error: expect.stringContaining("501") });
    expect(state.services[2].meters.ok).toBe(true);
  });
});

describe("control", () => {
  test("the clock is moved for all services at once", async () => {
    const before = clock.now().getTime();
    const { messageId } = await qstash().publish({ url: `${urlOf("gateway")}/x`, delay: 3000, retries: 0 });
    expect((await post("/api/clock/advance", { ms: 3_600_000 })).status).toBe(200);
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(3_600_000);
    await expect
      .poll(async () => (await stateAt(inspector)).qstash.value.messages)
      .toContainEqual(expect.objectContaining({ messageId, state: "FAILED" }));
    expect((await stateAt(inspector)).aheadMs).toBeGreaterThanOrEqual(3_599_000);
  });

  test("a fault is injected, listed, met, and removed; reading the state does not use it up", async () => {
    const call = () =>
      fetch(`${urlOf("vector")}/info`, { headers: { authorization: `Bearer ${secrets.vector}` } });
    expect((await post("/api/faults", { service: "vector", fault: { status: 503 } })).status).toBe(200);
    const state = await stateAt(inspector);
    expect(state.indexes[0].info.ok).toBe(true);
    expect(state.services[1].faults.value.faults).toMatchObject([{ id: 1, status: 503, disturbed: 0 }]);
    expect((await call()).status).toBe(503);
    await fetch(`${inspector.url}/api/faults?service=vector&id=1`, { method: "DELETE" });
    expect((await call()).status).toBe(200);
  });

  test("all faults of a service are removed at once", async () => {
    for (const status of [500, 503]) await post("/api/faults", { service: "blob", fault: { status } });
    await fetch(`${inspector.url}/api/faults?service=blob`, { method: "DELETE" });
    expect((await stateAt(inspector)).services[3].faults.value.faults).toEqual([]);
  });

  test.each([
    ["/api/clock/advance", { ms: -1 }, "ms"],
    ["/api/clock/advance", { ms: 1e15 }, "ms"],
    ["/api/faults", { service: "vector", fault: { on: "delivery", status: 500 } }, "Only QStash delivers"],
    ["/api/faults", { service: "postgres", fault: {} }, "service"],
    ["/api/faults", { service: "qstash", fault: { latency: 5 } }, "latency"],
  ])("%s refuses %j with the reason", async (path, body, reason) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toContain(reason);
  });

  test("is refused when it was not asked for, with how to turn it on", async () => {
    const closed = await serveInspector(sourceOf({ control: false }));
    const before = clock.now().getTime();
    for (const answer of [
      await post("/api/clock/advance", { ms: 3_600_000 }, {}, closed),
      await post("/api/faults", { service: "blob", fault: { status: 500 } }, {}, closed),
      await fetch(`${closed.url}/api/faults?service=blob`, { method: "DELETE" }),
    ]) {
      expect(answer.status).toBe(403);
      expect((await answer.json()).error).toContain("--control");
    }
    expect(clock.now().getTime() - before).toBeLessThan(60_000);
    expect(await stateAt(closed)).toMatchObject({ control: false });
  });

  test.each([
    { origin: "https://a.test" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("is refused to the page of another site: %j", async (headers) => {
    const before = clock.now().getTime();
    expect((await post("/api/clock/advance", { ms: 3_600_000 }, headers)).status).toBe(403);
    expect(clock.now().getTime() - before).toBeLessThan(60_000);
  });

  test("a name that a foreign site has pointed at this machine is refused, for reading too", async () => {
    const app = createInspector(source);
    expect((await app.request("http://rebound.test/api/state")).status).toBe(403);
  });

  test("the page's own requests pass", async () => {
    const own = { origin: inspector.url, "sec-fetch-site": "same-origin" };
    expect((await post("/api/clock/advance", { ms: 1 }, own)).status).toBe(200);
  });
});
