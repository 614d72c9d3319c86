import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("stand-in"));

const bytes = new Uint8Array([0, 255, 254]);
const base64 = Buffer.from(bytes).toString("base64");
const ms = expect.any(Number);
const id = expect.stringMatching(/^msg_\w+/);

/** A message with every setting there is, and what is shown of them all. */
function everything() {
  const { destination, name } = target;
  const headers = {
    "Content-Type": "text/plain",
    "Upstash-Forward-x-tenant": "acme",
    "Upstash-Retries": "2",
    "Upstash-Retry-Delay": "1 + retried",
    "Upstash-Timeout": "1m30s",
    "Upstash-Callback": `${destination.url}/cb`,
    "Upstash-Callback-Forward-X-Back": "1",
    "Upstash-Failure-Callback": `${destination.url}/fcb`,
    "Upstash-Label": `${name("one")}, ${name("two")}`,
    "Upstash-Flow-Control-Key": name("key"),
    "Upstash-Flow-Control-Value": "parallelism=3, rate=5, period=1m",
  };
  const shown = {
    method: "POST",
    header: { "Content-Type": ["text/plain"], "X-Tenant": ["acme"] },
    callback: `${destination.url}/cb`,
    failureCallback: `${destination.url}/fcb`,
    label: name("one"),
    labels: [name("one"), name("two")],
    flowControlKey: name("key"),
    ...{ parallelism: 3, rate: 5, period: 60, retryDelayExpression: "1 + retried" },
  };
  return { headers, shown };
}

const json = async (path: string) => (await target.call("GET", path)).json();

describe("shapes", () => {
  test("a message shows exactly what it was given", async () => {
    const { headers, shown } = everything();
    const { destination, name } = target;
    await target.client.urlGroups.addEndpoints({
      name: name("group"),
      endpoints: [{ name: "end", url: `${destination.url}/message` }],
    });
    const path = `/v2/enqueue/${name("queue")}/${name("group")}`;
    const answer = await target.call("POST", path, {
      headers: { ...headers, "Upstash-Delay": "1h" },
      body: "text",
    });
    expect(answer.status).toBe(200);
    const [published] = await answer.json();
    expect(published).toEqual({ messageId: id, url: `${destination.url}/message` });
    expect(await json(`/v2/messages/${published.messageId}`)).toEqual({
      ...shown,
      ...published,
      ...{ topicName: name("group"), endpointName: "end", queueName: name("queue") },
      ...{ body: "text", maxRetries: 2, notBefore: ms, createdAt: ms, callerIP: expect.any(String) },
    });
    await target.client.queue({ queueName: name("queue") }).delete();
  });

  test("of a bare message no key is there that has nothing to say", async () => {
    const { messageId } = await (
      await target.call("POST", "/v2/publish/https://a.test/bare", { headers: { "Upstash-Delay": "1h" } })
    ).json();
    expect(await json(`/v2/messages/${messageId}`)).toEqual({
      ...{ messageId, url: "https://a.test/bare", method: "POST", header: {}, maxRetries: 3 },
      ...{ notBefore: ms, createdAt: ms, callerIP: expect.any(String) },
    });
    await target.client.messages.cancel(messageId);
  });

  test("a body that is no text is shown in base64, under another key", async () => {
    const { messageId } = await target.client.publish({
      ...{ url: "https://a.test/bytes", body: new Blob([bytes]), delay: 3600 },
    });
    const shown = await json(`/v2/messages/${messageId}`);
    expect(shown).toMatchObject({ bodyBase64: base64 });
    expect(shown).not.toHaveProperty("body");
    await target.client.messages.cancel(messageId);
  });

  test("a dead letter of a destination that did not answer has neither a status nor a body of it", async () => {
    const { messageId } = await target.client.publish({ url: "http://127.0.0.1:9/", retries: 0 });
    await untilState(target.client, messageId, "FAILED");
    const [letter] = (await json(`/v2/dlq?messageId=${messageId}`)).messages;
    expect(letter).toMatchObject({ messageId });
    for (const absent of ["responseStatus", "responseBody", "responseBodyBase64"]) {
      expect(letter).not.toHaveProperty(absent);
    }
  });

  test("a log line has its bodies in base64, and the answer stands in ERROR lines alone", async () => {
    const { headers, shown } = everything();
    const { destination } = target;
    destination.answer("/log", { status: 500, body: "no", headers: { "X-Why": "test" } });
    const { messageId } = await (
      await target.call("POST", `/v2/publish/${destination.url}/log`, {
        headers: { ...headers, "Upstash-Retries": "1", "Upstash-Flow-Control-Value": "rate=99, period=1m" },
        body: "text",
      })
    ).json();
    await untilState(target.client, messageId, "FAILED");
    const { parallelism: _, ...limits } = { ...shown, rate: 99 };
    const line = {
      ...limits,
      ...{ messageId, url: `${destination.url}/log`, time: ms, timeout: 90_000, maxRetries: 1 },
      body: Buffer.from("text").toString("base64"),
      callbackHeaders: { "Content-Type": ["application/json"], "X-Back": ["1"] },
      failureCallbackHeaders: { "Content-Type": ["application/json"] },
      callerIP: expect.any(String),
    };
    const answered = {
      ...{ responseStatus: 500, responseBody: Buffer.from("no").toString("base64") },
      responseHeaders: expect.objectContaining({ "X-Why": ["test"] }),
    };
    const { events } = await json(`/v2/events?messageId=${messageId}&order=earliestFirst`);
    expect(events).toEqual([
      { ...line, state: "CREATED", nextDeliveryTime: ms },
      { ...line, state: "ACTIVE" },
      { ...line, state: "ERROR", ...answered },
      { ...line, state: "RETRY", nextDeliveryTime: ms },
      { ...line, state: "ACTIVE" },
      { ...line, state: "ERROR", ...answered },
      { ...line, state: "FAILED" },
    ]);
    expect((await json(`/v2/logs?messageId=${messageId}&order=earliestFirst`)).logs).toEqual(events);
  });

  test("a dead letter is its message and the last answer, text as it is and bytes in base64", async () => {
    const { client, destination } = target;
    destination.answer("/letter", { status: 500, body: "said" }, { status: 404, body: bytes });
    const publish = async (body: string | Blob) => {
      const { messageId } = await client.publish({ url: `${destination.url}/letter`, retries: 0, body });
      await untilState(client, messageId, "FAILED");
      const [letter] = (await json(`/v2/dlq?messageId=${messageId}`)).messages;
      expect(await json(`/v2/dlq/${letter.dlqId}`)).toEqual(letter);
      return letter;
    };
    expect(await publish("text")).toEqual({
      ...{ messageId: id, dlqId: expect.stringMatching(/^\d{13}-\d+$/), url: `${destination.url}/letter` },
      ...{ method: "POST", header: { "Content-Type": ["text/plain;charset=UTF-8"] }, body: "text" },
      ...{ maxRetries: 0, notBefore: ms, createdAt: ms, callerIP: expect.any(String) },
      ...{ responseStatus: 500, responseHeader: expect.any(Object), responseBody: "said" },
    });
    const letter = await publish(new Blob([bytes]));
    expect(letter).toMatchObject({ bodyBase64: base64, responseBodyBase64: base64, responseStatus: 404 });
    for (const absent of ["body", "responseBody"]) expect(letter).not.toHaveProperty(absent);
  });

  test("a schedule shows exactly what it was given", async () => {
    const { headers, shown } = everything();
    const path = `/v2/schedules/${target.destination.url}/schedule`;
    const scheduleId = target.name("schedule");
    const created = await target.call("POST", path, {
      headers: {
        ...headers,
        ...{ "Upstash-Cron": " 0 0 29 2 * ", "Upstash-Schedule-Id": scheduleId },
        ...{ "Upstash-Delay": "90s", "Upstash-Queue-Name": target.name("q") },
      },
      body: "text",
    });
    expect(await created.json()).toEqual({ scheduleId });
    const schedule = await json(`/v2/schedules/${scheduleId}`);
    expect(schedule).toEqual({
      ...shown,
      ...{ scheduleId, cron: "0 0 29 2 *", destination: `${target.destination.url}/schedule`, body: "text" },
      ...{ retries: 2, delay: 90, isPaused: false, queueName: target.name("q") },
      ...{ createdAt: ms, nextScheduleTime: ms, callerIp: expect.any(String) },
    });
    expect(await json("/v2/schedules")).toEqual([schedule]);
    await target.client.schedules.delete(scheduleId);
  });

  test("queues, groups and flow-control keys show exactly this", async () => {
    const { client, name } = target;
    await client.queue({ queueName: name("shown") }).upsert({ parallelism: 2, paused: true });
    expect(await json(`/v2/queues/${name("shown")}`)).toEqual({
      ...{ name: name("shown"), parallelism: 2, paused: true, lag: 0, createdAt: ms, updatedAt: ms },
    });
    const endpoints = [{ name: "a", url: "https://a.test" }, { url: "https://b.test" }];
    await client.urlGroups.addEndpoints({ name: name("shown"), endpoints });
    expect(await json(`/v2/topics/${name("shown")}`)).toEqual({
      ...{ name: name("shown"), createdAt: ms, updatedAt: ms, endpoints },
    });
    await client.flowControl.pin(name("shown"), { parallelism: 2, rate: 3, period: 60 });
    const key = await json(`/v2/flowControl/${name("shown")}`);
    expect(key).toEqual({
      ...{ flowControlKey: name("shown"), waitListSize: 0, parallelismMax: 2, parallelismCount: 0 },
      ...{ rateMax: 3, rateCount: 0, ratePeriod: 60, ratePeriodStart: ms },
      ...{ isPaused: false, isPinnedParallelism: true, isPinnedRate: true },
    });
    expect(Math.abs(key.ratePeriodStart - target.clock.now().getTime() / 1000)).toBeLessThan(60);
    expect(await json("/v2/globalParallelism")).toEqual({ parallelismMax: 32, parallelismCount: 0 });
    expect(await json("/v2/keys")).toEqual({ current: "sig_current", next: "sig_next" });
  });
});
