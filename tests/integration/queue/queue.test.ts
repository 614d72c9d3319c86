import { Client } from "@upstash/qstash";
import { desc, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createApi } from "../../../src/api/create-api.ts";
import { type AuditAction, auditActions } from "../../../src/db/audit-actions.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { tickSchedule } from "../../../src/jobs/tick-schedule.ts";
import { listen } from "../../../src/local/kit/listen.ts";
import { createQueueReader } from "../../../src/providers/queue/queue-reader.ts";
import { servicesSchema } from "../../../src/triage/providers/services-view.ts";
import {
  flowControlViewSchema,
  logEventSchema,
  qstashPage,
  queueLetterSchema,
  queueViewSchema,
  scheduleViewSchema,
  wholeList,
} from "../../../src/triage/queue/qstash-view.ts";
import { queueCountsSchema, queueStepList } from "../../../src/triage/queue/queue-steps-view.ts";
import { ended, upload } from "../../support/ingest.ts";
import { failedFile, gatewayAnswers, startTriage } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let stack: Stack;
let client: Client;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
  client = new Client({
    baseUrl: stack.env.QSTASH_URL,
    token: stack.env.QSTASH_TOKEN,
    enableTelemetry: false,
  });
});
afterAll(() => stack.close());

async function ask(path: string, init: RequestInit = {}) {
  const headers = {
    authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
    "content-type": "application/json",
    ...init.headers,
  };
  return createApi(stack.runtime).request(`/api/v1/${path}`, { ...init, headers });
}
async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  stack.runtime.queueReader.forget();
  const answer = await ask(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return schema.parse(await answer.json());
}
const deed = (path: string, body: object, key?: string) =>
  ask(`queue/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    ...(key !== undefined && { headers: { "idempotency-key": key } }),
  });
const audited = (...actions: AuditAction[]) =>
  stack.database.db
    .select()
    .from(auditEntries)
    .where(inArray(auditEntries.action, actions))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id));
const refusal = async (answer: Response) => {
  const schema = z.object({ error: z.object({ code: z.string() }) });
  return [answer.status, schema.parse(await answer.json()).error.code];
};
async function fault(body: object): Promise<void> {
  await fetch(`${stack.env.QSTASH_URL}/__local/faults`, { method: "POST", body: JSON.stringify(body) });
}
async function mend(): Promise<void> {
  await fetch(`${stack.env.QSTASH_URL}/__local/faults`, { method: "DELETE" });
}

const text = (name: string) => `# About ${name}\n\nWhat ${name} says stands in this sentence.\n`;
const key = "project.default";
const flows = () => read("queue/flow-control", wholeList(flowControlViewSchema));
const flow = async () => (await flows()).items.find((one) => one.key === key);

describe("keys of flow control", () => {
  it("are there with what they are for, are paused, and let what waits go when they are resumed", async () => {
    const first = await upload(stack, "first.md", text("first"));
    expect(await ended(stack, first.fileId)).toMatchObject({ status: "succeeded" });
    expect(await flow()).toMatchObject({ about: "project default", paused: false, waiting: 0 });
    expect((await deed(`flow-control/${key}`, { deed: "pause", reason: "the disk is full" })).status).toBe(
      200,
    );
    const second = await upload(stack, "second.md", text("second"));
    await vi.waitFor(async () => expect(await flow()).toMatchObject({ paused: true, waiting: 1 }));
    const { items } = await read("queue/steps?list=in-flight", queueStepList);
    expect(items).toMatchObject([
      {
        fileId: second.fileId,
        step: "inspect",
        stage: "sent",
        attempts: 0,
        flowKey: key,
        project: "default",
      },
    ]);
    expect(items[0]?.messageId).toMatch(/^msg_/);
    expect(await read("queue/counts", queueCountsSchema)).toMatchObject({
      running: 0,
      sent: 1,
      unsent: 0,
      delayed: 0,
    });
    expect(await (await deed(`flow-control/${key}`, { deed: "resume" })).json()).toMatchObject({
      paused: false,
    });
    expect(await ended(stack, second.fileId)).toMatchObject({ status: "succeeded" });
    expect(await audited("queue.pause-key", "queue.resume-key")).toMatchObject([
      { action: "queue.resume-key", before: { paused: "true" }, after: { paused: "false" } },
      { action: "queue.pause-key", reason: "the disk is full", request: { key }, after: { paused: "true" } },
    ]);
  });

  it("are pinned and unpinned, once for a request that comes twice", async () => {
    const pin = { deed: "pin", parallelism: 3, rate: 50, periodSec: 60 };
    for (const idempotencyKey of ["pin-1", "pin-1"]) {
      const answer = await deed(`flow-control/${key}`, pin, idempotencyKey);
      expect(await answer.json()).toMatchObject({
        parallelism: { max: 3, pinned: true },
        rate: { max: 50, periodSec: 60, pinned: true },
      });
    }
    expect(await refusal(await deed(`flow-control/${key}`, { ...pin, parallelism: 4 }, "pin-1"))).toEqual([
      409,
      "idempotency_key_reused",
    ]);
    expect(await (await deed(`flow-control/${key}`, { deed: "unpin" })).json()).toMatchObject({
      parallelism: { pinned: false },
      rate: { pinned: false },
    });
    expect(await audited("queue.pin")).toHaveLength(1);
    expect(await audited("queue.unpin")).toMatchObject([
      { before: { pinned: "parallelism, rate" }, after: { pinned: "" } },
    ]);
  });

  it("that are not known, and limits that say nothing, are refused", async () => {
    expect(await refusal(await deed("flow-control/nobody", { deed: "pause" }))).toEqual([
      404,
      "queue_part_not_found",
    ]);
    for (const body of [
      { deed: "pin" },
      { deed: "pin", rate: 5 },
      { deed: "pin", parallelism: 0 },
      { deed: "burn" },
    ])
      expect((await deed(`flow-control/${key}`, body)).status).toBe(400);
  });
});

it("queues are listed with their lag, paused, resumed, and given another parallelism", async () => {
  await client.queue({ queueName: "mail" }).upsert({ parallelism: 2, paused: true });
  await client
    .queue({ queueName: "mail" })
    .enqueueJSON({ url: `${stack.env.WAYBILL_URL}/api/jobs/tick`, body: {} });
  const queues = () => read("queue/queues", wholeList(queueViewSchema));
  expect((await queues()).items).toMatchObject([{ name: "mail", parallelism: 2, paused: true, lag: 1 }]);
  expect(await (await deed("queues/mail", { deed: "set-parallelism", parallelism: 5 })).json()).toMatchObject(
    {
      parallelism: 5,
      paused: true,
    },
  );
  expect(await (await deed("queues/mail", { deed: "resume" })).json()).toMatchObject({ paused: false });
  expect(await (await deed("queues/mail", { deed: "pause" })).json()).toMatchObject({ paused: true });
  expect(await refusal(await deed("queues/none", { deed: "pause" }))).toEqual([404, "queue_part_not_found"]);
  expect(await audited("queue.set-parallelism")).toMatchObject([
    { before: { parallelism: 2 }, after: { parallelism: 5 } },
  ]);
});

it("schedules are told apart from those of others, paused, and resumed", async () => {
  await stack.runtime.queue.schedule(tickSchedule);
  await client.schedules.create({
    destination: "https://example.com/report",
    scheduleId: "report",
    cron: "0 9 * * 1",
  });
  const schedules = () => read("queue/schedules", wholeList(scheduleViewSchema));
  expect((await schedules()).items).toMatchObject([
    { id: "waybill-tick", about: "tick", cron: "* * * * *", paused: false },
    { id: "report", about: null, destination: "https://example.com/report" },
  ]);
  const services = async () =>
    (await read("services", servicesSchema)).items.find(({ service }) => service === "qstash");
  expect((await services())?.state).not.toBe("failed");
  expect(await (await deed("schedules/waybill-tick", { deed: "pause" })).json()).toMatchObject({
    paused: true,
  });
  expect(await services()).toMatchObject({ state: "late", says: expect.stringContaining("paused") });
  expect(await (await deed("schedules/waybill-tick", { deed: "resume" })).json()).toMatchObject({
    paused: false,
  });
});

it("a step in backoff is among those that are delayed, with its next attempt and what is left of them", async () => {
  const { origin } = new URL(stack.variables.AI_GATEWAY_BASE_URL ?? "");
  const body = JSON.stringify({ match: "embedding", status: 503, retryAfterSec: 3_000, times: 1 });
  await fetch(`${origin}/__local/faults`, { method: "POST", body });
  const { fileId } = await upload(stack, "delayed.md", text("delayed"));
  const delayed = await vi.waitFor(
    async () => {
      const { items } = await read("queue/steps?list=delayed", queueStepList);
      expect(items).toHaveLength(1);
      return items[0];
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(delayed).toMatchObject({
    fileId,
    step: "embed",
    stage: "delayed",
    attempts: 1,
    attemptsLeft: 5,
    errorCode: "provider_unavailable",
  });
  expect(Date.parse(delayed?.nextAttemptAt ?? "")).toBeGreaterThan(
    stack.runtime.clock.now().getTime() + 2_000_000,
  );
  expect((await read("queue/steps?list=delayed&step=index", queueStepList)).items).toEqual([]);
  expect((await read("queue/steps?list=delayed&project=other", queueStepList)).items).toEqual([]);
  expect(await read("queue/counts", queueCountsSchema)).toMatchObject({ delayed: 1 });
});

it("the log is paged by QStash's cursor and narrowed, each line with its step", async () => {
  const log = (query: string) => read(`queue/log?${query}`, qstashPage(logEventSchema));
  // Up to now: lines that come meanwhile would move the pages.
  const to = stack.runtime.clock.now().toISOString();
  const whole = await log(`limit=100&to=${to}`);
  const first = await log(`limit=3&to=${to}`);
  const second = await log(`limit=3&to=${to}&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items]).toEqual(whole.items.slice(0, 6));
  const ofSteps = await log("url=/api/jobs/ingest-file&state=DELIVERED");
  expect(ofSteps.items.length).toBeGreaterThan(1);
  for (const event of ofSteps.items)
    expect(event).toMatchObject({ state: "DELIVERED", fileName: expect.stringMatching(/md$/) });
  const messageId = ofSteps.items[0]?.messageId ?? "";
  const ofOne = await log(`messageId=${messageId}`);
  expect(new Set(ofOne.items.map((event) => event.messageId))).toEqual(new Set([messageId]));
  expect((await log("to=2020-01-01T00:00:00.000Z")).items).toEqual([]);
  expect((await ask("queue/log?cursor=nonsense")).status).toBe(400);
  expect((await ask("queue/log?state=LOST")).status).toBe(400);
});

describe("dead letters", () => {
  const letters = () => read("queue/dead-letters", qstashPage(queueLetterSchema));

  it("of no step are deleted, and of a file only by its requeue", async () => {
    await client.publishJSON({ url: `${stack.env.WAYBILL_URL}/api/nowhere`, body: {}, retries: 0 });
    // A step that failed with a message of its own: before, it went on in place of another's.
    const { fileId } = await failedFile(stack, "dead.md");
    await gatewayAnswers(stack, 401, 1);
    await triage.requeue(fileId, "failed");
    const found = await vi.waitFor(
      async () => {
        const { items } = await letters();
        expect(items.map(({ standing }) => standing).toSorted()).toEqual(["failed", "unknown"]);
        return items;
      },
      { timeout: 20_000, interval: 100 },
    );
    const owned = found.find(({ standing }) => standing === "failed");
    const stray = found.find(({ standing }) => standing === "unknown");
    expect(owned).toMatchObject({ fileId, fileName: "dead.md", responseStatus: 489 });
    expect(stray).toMatchObject({ fileId: null, url: `${stack.env.WAYBILL_URL}/api/nowhere` });
    const remove = (dlqId: string | undefined) => deed(`dead-letters/${dlqId}/delete`, {});
    expect(await refusal(await remove(owned?.dlqId))).toEqual([409, "dead_letter_owned"]);
    expect(await (await remove(stray?.dlqId)).json()).toMatchObject({ removed: true });
    expect(await (await remove(stray?.dlqId)).json()).toMatchObject({ removed: false });
    expect((await letters()).items.map(({ dlqId }) => dlqId)).toEqual([owned?.dlqId]);
    expect(await audited("dead-letter.delete")).toHaveLength(1);
  });
});

describe("a QStash that fails", () => {
  const ofQstash = ["in-flight", "flow-control", "queues", "schedules", "dead-letters", "log"];

  it("is an error of each list that is its own, and of no other, and comes back by itself", async () => {
    await fault({ on: "request", match: "/v2/", status: 503 });
    stack.runtime.queueReader.forget();
    for (const path of ofQstash)
      expect([path, await refusal(await ask(`queue/${path}`))]).toEqual([
        path,
        [503, "provider_unavailable"],
      ]);
    for (const path of ["queue/steps", "queue/counts", "providers"])
      expect((await ask(path)).status).toBe(200);
    const services = servicesSchema.parse(await (await ask("services")).json()).items;
    expect(services).toMatchObject([
      { service: "qstash", state: "failed" },
      { state: "well" },
      { state: "unused" },
    ]);
    await mend();
    for (const path of ofQstash) await read(`queue/${path}`, z.unknown());
  });

  it("keeps what it refused out of the audit log", async () => {
    await fault({ on: "request", match: "/pause", status: 500 });
    expect((await deed(`flow-control/${key}`, { deed: "pause" }, "refused-1")).status).toBe(503);
    expect(
      (await audited(...auditActions)).filter(({ idempotencyKey }) => idempotencyKey === "refused-1"),
    ).toEqual([]);
    await mend();
    expect((await deed(`flow-control/${key}`, { deed: "pause" }, "refused-1")).status).toBe(200);
    expect((await deed(`flow-control/${key}`, { deed: "resume" })).status).toBe(200);
  });
});

it("QStash is asked once for fifty who look at the same time", async () => {
  let asked = 0;
  const counting = await listen(
    {
      fetch: (request) => {
        asked += 1;
        const { pathname, search } = new URL(request.url);
        return fetch(`${stack.env.QSTASH_URL}${pathname}${search}`, { headers: request.headers });
      },
    },
    0,
  );
  const { clock } = stack.runtime;
  const queueReader = createQueueReader({ url: counting.url, token: stack.env.QSTASH_TOKEN, clock });
  const api = createApi({ ...stack.runtime, queueReader });
  const headers = { authorization: `Bearer ${stack.env.WAYBILL_API_KEY}` };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => api.request("/api/v1/queue/flow-control", { headers })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(asked).toBe(1);
  await counting.close();
});
