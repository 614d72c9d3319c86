import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const publish = "/v2/publish/https://a.test";
const cron = { "Upstash-Cron": "* * * * *" };
const digits = "9".repeat(400);

async function expectRefusal(answer: Response, status: number): Promise<string> {
  const body = await answer.json();
  expect(body).toEqual({ error: expect.stringMatching(/\w+ \w+/) });
  expect(answer.status).toBe(status);
  return body.error;
}

describe("what is malformed is refused with 400 and a sentence", () => {
  test.each([
    ["Upstash-Method", "FETCH"],
    ["Upstash-Retries", "-1"],
    ["Upstash-Retries", "1.5"],
    ["Upstash-Retries", digits],
    ["Upstash-Retry-Delay", "1 +"],
    ["Upstash-Retry-Delay", `1${"+1".repeat(600)}`],
    ["Upstash-Delay", "5"],
    ["Upstash-Delay", "-5s"],
    ["Upstash-Not-Before", "tomorrow"],
    ["Upstash-Timeout", "1y"],
    ["Upstash-Timeout", `${digits}s`],
    ["Upstash-Content-Based-Deduplication", "yes"],
    ["Upstash-Header-Forward", "1"],
    ["Upstash-Callback", "nowhere"],
    ["Upstash-Failure-Callback", "ftp://a.test"],
    ["Upstash-Flow-Control-Key", "alone"],
    ["Upstash-Flow-Control-Value", "rate=1"],
    ["Upstash-Redact-Fields", "everything"],
    ["Upstash-Forward-", "x"],
  ])("%s: %s", async (name, value) => {
    const error = await expectRefusal(
      await target.call("POST", publish, { headers: { [name]: value } }),
      400,
    );
    expect(error.toLowerCase()).toContain(name.slice("upstash-".length).toLowerCase().split("-")[0]);
  });

  test.each(["Method", "Timeout", "Retries", "Retry-Delay", "Delay"])(
    "a wrong %s of a callback or a failure callback",
    async (option) => {
      for (const name of ["Upstash-Callback", "Upstash-Failure-Callback"]) {
        const headers = { [name]: "https://b.test", [`${name}-${option}`]: "?" };
        const error = await expectRefusal(await target.call("POST", publish, { headers }), 400);
        expect(error).toContain(`${name}-${option}`);
      }
    },
  );

  test.each([
    "rate=0",
    "rate=x",
    "period=1m",
    "speed=1",
    "rate=1, period=1ms",
    "rate=1=2",
    "rate=99999999999",
  ])("the flow control %s", async (value) => {
    const headers = { "Upstash-Flow-Control-Key": "k", "Upstash-Flow-Control-Value": value };
    await expectRefusal(await target.call("POST", publish, { headers }), 400);
  });

  test.each(["", "ftp://a.test", "https://", "https://a b.test", "no spaces", "a/b"])(
    "the destination %j",
    async (destination) => {
      const path = destination.replaceAll(" ", "%20");
      await expectRefusal(await target.call("POST", `/v2/publish/${path}`), 400);
      await expectRefusal(await target.call("POST", `/v2/schedules/${path}`, { headers: cron }), 400);
    },
  );

  test.each([
    "",
    "@every 1m",
    "* * * *",
    "61 * * * *",
    "0 0 30 2 *",
    "CRON_TZ=Mars/Base * * * * *",
    "* * * * * *",
  ])("the cron %j", async (expression) => {
    const headers = { "Upstash-Cron": expression };
    await expectRefusal(await target.call("POST", "/v2/schedules/https://a.test", { headers }), 400);
  });

  test.each([
    ["POST", "/v2/batch"],
    ["POST", "/v2/queues"],
    ["POST", "/v2/topics/t/endpoints"],
    ["DELETE", "/v2/topics/t/endpoints"],
  ])("%s %s with a body that it cannot read", async (method, path) => {
    for (const body of ["", "{", "null", '"text"', "{}", '{"endpoints":[]}', '{"queueName":7}']) {
      await expectRefusal(await target.call(method, path, { body }), 400);
    }
  });

  test.each(["a b", "a/b", "ä"])("the queue name %j, wherever it stands", async (name) => {
    const inPath = encodeURIComponent(name);
    const body = JSON.stringify({ queueName: name, parallelism: 1 });
    await expectRefusal(await target.call("POST", "/v2/queues", { body }), 400);
    await expectRefusal(await target.call("POST", `/v2/enqueue/${inPath}/https://a.test`), 400);
    await expectRefusal(await target.call("GET", `/v2/queues/${inPath}`), 400);
    await expectRefusal(await target.call("POST", `/v2/queues/${inPath}/pause`), 400);
  });

  test.each(["a b", "ä"])("the name %j of a group or a schedule", async (name) => {
    const body = JSON.stringify({ endpoints: [{ url: "https://a.test" }] });
    await expectRefusal(
      await target.call("POST", `/v2/topics/${encodeURIComponent(name)}/endpoints`, { body }),
      400,
    );
    const query = `upstash-schedule-id=${encodeURIComponent(name)}`;
    const path = `/v2/schedules/https://a.test?${query}`;
    await expectRefusal(await target.call("POST", path, { headers: cron }), 400);
  });

  test.each(["\u0000", "\ud800"])("the name %j of an endpoint, and its URL", async (name) => {
    const path = `/v2/topics/${target.name("t")}/endpoints`;
    const named = JSON.stringify({ endpoints: [{ url: "https://a.test", name }] });
    for (const method of ["POST", "DELETE"])
      await expectRefusal(await target.call(method, path, { body: named }), 400);
    const body = JSON.stringify({ endpoints: [{ url: `https://a.test/${name}` }] });
    for (const method of ["POST", "DELETE"])
      await expectRefusal(await target.call(method, path, { body }), 400);
  });

  test("a queue that nothing could pass", async () => {
    for (const parallelism of [0, -1, 1.5, "2"]) {
      const body = JSON.stringify({ queueName: "q", parallelism });
      await expectRefusal(await target.call("POST", "/v2/queues", { body }), 400);
    }
  });

  test.each(["rate=0", "parallelism=x", "period=10", "rate=1&period=x", ""])("pinning %s", async (query) => {
    await expectRefusal(await target.call("POST", `/v2/flowControl/k/pin?${query}`), 400);
  });

  test("unpinning by another word than true and false", async () => {
    await target.call("POST", `/v2/flowControl/${target.name("k")}/pin?rate=1`);
    const path = `/v2/flowControl/${target.name("k")}/unpin?rate=perhaps`;
    await expectRefusal(await target.call("POST", path), 400);
  });

  test("bad items of a batch are told of in their places, and spoil no others", async () => {
    const good = { destination: `${target.destination.url}/good`, headers: { "Upstash-Delay": "1h" } };
    const bad = [
      {},
      { destination: "" },
      { destination: "https://a.test/\u0000" },
      { destination: "https://a.test/\ud800" },
      { destination: "https://a.test", headers: { "no spaces": "x" } },
      { destination: "https://a.test", headers: { "X-A": "line\nbreak" } },
      { destination: "https://a.test", headers: { "Upstash-Timeout": `${digits}s` } },
      { destination: "https://a.test", queue: "no spaces" },
      { destination: target.name("unknown-group") },
    ];
    const body = JSON.stringify([good, ...bad, good]);
    const answer = await target.call("POST", "/v2/batch", { body });
    expect(answer.status).toBe(200);
    const items = await answer.json();
    expect(items.slice(1, -1)).toEqual(bad.map(() => ({ error: expect.stringMatching(/\w+ \w+/) })));
    for (const item of [items[0], items.at(-1)]) {
      expect(item).toEqual({ messageId: expect.any(String) });
      await target.client.messages.cancel(item.messageId);
    }
    expect(await (await target.call("POST", "/v2/batch", { body: "[]" })).json()).toEqual([]);
  });
});

describe("what does not exist is 404, and an empty id is not everything", () => {
  test.each([
    ["GET", "/v2/messages/msg_none"],
    ["DELETE", "/v2/messages/msg_none"],
    ["GET", "/v2/dlq/1-1"],
    ["DELETE", "/v2/dlq/1-1"],
    ["POST", "/v2/dlq/retry/1-1"],
    ["POST", "/v2/dlq/retry?dlqIds=1-1"],
    ["GET", "/v2/queues/none"],
    ["GET", "/v2/schedules/none"],
    ["GET", "/v2/topics/none"],
    ["GET", "/v2/flowControl/none"],
    ["POST", "/v2/publish/none"],
    ["POST", "/v2/enqueue/q/none"],
    ["DELETE", "/v2/queues/none"],
    ["POST", "/v2/queues/none/pause"],
    ["POST", "/v2/queues/none/resume"],
    ["DELETE", "/v2/schedules/none"],
    ["PATCH", "/v2/schedules/none/pause"],
    ["PATCH", "/v2/schedules/none/resume"],
    ["DELETE", "/v2/topics/none"],
    ["POST", "/v2/flowControl/none/unpin?rate=true"],
    ["POST", "/v2/flowControl/none/resetRate"],
    ["GET", "/v2/messages/"],
    ["DELETE", "/v2/messages/"],
    ["GET", "/v2/dlq/"],
    ["DELETE", "/v2/dlq/"],
    ["POST", "/v2/dlq/retry/"],
    ["DELETE", "/v2/queues/"],
    ["DELETE", "/v2/schedules/"],
    ["PATCH", "/v2/schedules//pause"],
    ["DELETE", "/v2/topics/"],
  ])("%s %s", async (method, path) => {
    await expectRefusal(await target.call(method, path), 404);
  });

  test("a flow-control key that is empty is refused with 400", async () => {
    for (const verb of ["pause", "resume", "pin?rate=1", "unpin?rate=true", "resetRate"]) {
      await expectRefusal(await target.call("POST", `/v2/flowControl//${verb}`), 400);
    }
  });

  test("an id that no database can hold is refused", async () => {
    for (const kind of ["messages", "dlq", "queues", "schedules", "topics", "flowControl"]) {
      await expectRefusal(await target.call("GET", `/v2/${kind}/a%00b`), 400);
    }
  });
});

describe("what the stand-in does not speak is 501 with its name", () => {
  beforeEach(() => needs("stand-in"));

  test.each([
    ["POST", "/v2/publish/api/llm", "api/llm"],
    ["POST", "/v2/enqueue/q/api/email", "api/email"],
    ["DELETE", "/v2/workflows/runs/wfr_1?cancel=true", "/v2/workflows/runs/wfr_1"],
    ["POST", "/v2/notify/event", "/v2/notify/event"],
    ["GET", "/v2/logs?groupBy=messageId", "groupBy"],
    ["POST", "/llm/v1/chat/completions", "/llm/v1/chat/completions"],
    ["PATCH", "/v2/topics/group", "PATCH /v2/topics/group"],
    ["GET", "/v2/publish/https://a.test", "GET /v2/publish"],
  ])("%s %s", async (method, path, named) => {
    expect(await expectRefusal(await target.call(method, path), 501)).toContain(named);
  });

  test.each([
    ["of the service that is not known here", publish, { "Upstash-Workflow-RunId": "wfr_1" }],
    ["that makes a message a schedule", publish, cron],
    ["in the query", `${publish}?upstash-new-thing=1`, {}],
    [
      "that a schedule would ignore",
      "/v2/schedules/https://a.test",
      { ...cron, "Upstash-Deduplication-Id": "x" },
    ],
    ["that a retry would ignore", "/v2/dlq/retry?label=none", { "Upstash-Deduplication-Id": "x" }],
  ])("a header %s", async (_what, path, headers) => {
    const error = await expectRefusal(await target.call("POST", path, { headers }), 501);
    expect(error).toMatch(/header upstash-/);
  });
});
