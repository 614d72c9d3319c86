import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs, skipTest } from "../target.ts";
import { untilState } from "./message-states.ts";
import { secrets } from "./secrets.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

describe("publish", () => {
  test("a message reaches its destination with the same bytes, method, headers and query", async () => {
    needs("destination");
    const { client, destination } = target;
    const body = "Grüße\u0000, 世界";
    const { messageId } = await client.publish({
      url: `${destination.url}/exact//path?x=1&y=a%20b&y=c`,
      body,
      method: "PUT",
      headers: { "Content-Type": "text/x-waybill", "X-Tenant": "acme" },
    });
    const received = await destination.request("/exact//path");
    expect(received.path).toBe("/exact//path?x=1&y=a%20b&y=c");
    expect(received.method).toBe("PUT");
    expect(received.body).toBe(body);
    expect(Object.fromEntries(received.headers)).toMatchObject({
      "content-type": "text/x-waybill",
      "x-tenant": "acme",
      "user-agent": "Upstash-QStash",
      "upstash-message-id": messageId,
      "upstash-retried": "0",
    });
    const leaked = [...received.headers.keys()].filter((name) =>
      /^upstash-(forward|method|telemetry)/.test(name),
    );
    expect(leaked).toEqual([]);
    expect(received.headers.has("authorization")).toBe(false);
  });

  test("publishJSON sends the object as JSON", async () => {
    needs("destination");
    const { client, destination } = target;
    await client.publishJSON({ url: `${destination.url}/json`, body: { a: [1, "zwei"] } });
    const received = await destination.request("/json");
    expect(received.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(received.body)).toEqual({ a: [1, "zwei"] });
  });

  test("a binary body arrives byte by byte, and a message without a body arrives empty", async () => {
    needs("destination");
    const { client, destination } = target;
    const bytes = Buffer.from([0, 255, 254, 10, 13, 128]);
    await client.publish({ url: `${destination.url}/binary`, body: new Blob([bytes]) });
    expect((await destination.request("/binary")).bytes.equals(bytes)).toBe(true);
    await client.publish({ url: `${destination.url}/get`, method: "GET" });
    expect(await destination.request("/get")).toMatchObject({ method: "GET", body: "" });
  });

  test("a batch sends each message and answers in order; one bad item does not hold the others", async () => {
    needs("destination");
    const { client, destination } = target;
    const answers = await client.batchJSON([
      { url: `${destination.url}/batch/1`, body: { n: 1 } },
      { url: "ftp://nowhere", body: {} },
      { url: `${destination.url}/batch/2`, body: { n: 2 }, delay: 0 },
    ]);
    expect(answers).toHaveLength(3);
    expect(answers[1]).toHaveProperty("error");
    const [first, second] = [await destination.request("/batch/1"), await destination.request("/batch/2")];
    expect(first.headers.get("upstash-message-id")).toBe(Reflect.get(answers[0] ?? {}, "messageId"));
    expect(second.headers.get("upstash-message-id")).toBe(Reflect.get(answers[2] ?? {}, "messageId"));
    expect(JSON.parse(second.body)).toEqual({ n: 2 });
  });

  test("a delayed message waits for its time, and can be read while it waits but not afterwards", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    const sentAt = clock.now().getTime();
    const { messageId } = await client.publishJSON({
      url: `${destination.url}/delayed`,
      body: { due: true },
      delay: "90m",
      retries: 7,
      label: ["one", "two"],
    });
    const pending = await client.messages.get(messageId);
    expect(pending).toMatchObject({
      messageId,
      url: `${destination.url}/delayed`,
      method: "POST",
      body: '{"due":true}',
      header: { "Content-Type": ["application/json"] },
      maxRetries: 7,
      label: "one",
      labels: ["one", "two"],
    });
    expect((pending.notBefore ?? 0) - sentAt).toBeGreaterThanOrEqual(5_400_000);
    clock.advance(5_000_000);
    await client.publish({ url: `${destination.url}/sentinel-delay` });
    await destination.request("/sentinel-delay");
    expect(destination.count("/delayed")).toBe(0);
    clock.advance(400_000);
    await destination.request("/delayed");
    await untilState(client, messageId, "DELIVERED");
    await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 });
  });

  test("not-before is in seconds and wins over a delay", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    const notBefore = Math.ceil(clock.now().getTime() / 1000) + 60;
    const { messageId } = await client.publish({ url: `${destination.url}/not-before`, notBefore, delay: 5 });
    expect((await client.messages.get(messageId)).notBefore).toBe(notBefore * 1000);
    clock.advance(62_000);
    await destination.request("/not-before");
  });

  test("every attempt is metered as one message", async () => {
    needs("meter");
    const { client, destination } = target;
    const before = await target.metered("messages");
    destination.answer("/metered", { status: 500 }, { status: 200 });
    const { messageId } = await client.publish({
      url: `${destination.url}/metered`,
      retryDelay: "0",
      retries: 1,
    });
    await untilState(client, messageId, "DELIVERED");
    expect(await target.metered("messages")).toBe(before + 2);
  });
});

describe("refusals", () => {
  test("without a token, or with a wrong one, nothing is accepted", async () => {
    needs("destination");
    const publish = (headers: Record<string, string>, query = "") =>
      fetch(`${target.url}/v2/publish/${target.destination.url}/forbidden${query}`, {
        method: "POST",
        headers,
      });
    expect((await publish({})).status).toBe(401);
    expect((await publish({ authorization: "Bearer wrong" })).status).toBe(401);
    expect(await (await publish({})).json()).toHaveProperty("error");
    expect(target.destination.count("/forbidden")).toBe(0);
  });

  test("the read-only token reads and does not write", async () => {
    if (!secrets.readOnlyToken) skipTest("needs a read-only token: QSTASH_READONLY_TOKEN");
    const headers = { authorization: `Bearer ${secrets.readOnlyToken}` };
    expect((await fetch(`${target.url}/v2/queues`, { headers })).status).toBe(200);
    const write = await fetch(`${target.url}/v2/publish/https://a.test`, { method: "POST", headers });
    expect([401, 403]).toContain(write.status);
  });

  test.each([
    ["a destination that is no URL", "/v2/publish/ftp://a.test", {}],
    ["a retry count that is no number", "/v2/publish/https://a.test", { "Upstash-Retries": "many" }],
    ["a delay that is no duration", "/v2/publish/https://a.test", { "Upstash-Delay": "soon" }],
    ["a method that does not exist", "/v2/publish/https://a.test", { "Upstash-Method": "FETCH" }],
    [
      "a retry delay that is no expression",
      "/v2/publish/https://a.test",
      { "Upstash-Retry-Delay": "process.exit()" },
    ],
    ["a callback that is no URL", "/v2/publish/https://a.test", { "Upstash-Callback": "nowhere" }],
    [
      "a flow control without a limit",
      "/v2/publish/https://a.test",
      { "Upstash-Flow-Control-Key": "k", "Upstash-Flow-Control-Value": "period=1m" },
    ],
  ])("%s is refused with 400 and a sentence", async (_what, path, headers) => {
    const answer = await target.call("POST", path, { headers, body: "x" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: expect.stringMatching(/\w+ \w+/) });
  });

  test.each([
    ["POST", "/v2/publish/api/llm"],
    ["GET", "/v2/workflows/logs"],
    ["POST", "/v2/nothing"],
  ])("%s %s is not spoken: 501 with its name", async (method, path) => {
    needs("stand-in");
    const answer = await target.call(method, path);
    expect(answer.status).toBe(501);
    expect(await answer.json()).toMatchObject({ error: expect.stringContaining("not speak") });
  });

  test("a header that is not spoken is named, never ignored", async () => {
    needs("stand-in");
    const headers = { "Upstash-Workflow-RunId": "wfr_1" };
    const answer = await target.call("POST", "/v2/publish/https://a.test", { headers });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toMatch(/upstash-workflow-runid/i);
  });
});
