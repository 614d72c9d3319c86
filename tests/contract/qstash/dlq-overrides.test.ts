import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

/** Lets messages fail that have every setting that a retry may override. @returns the ids of their dead letters */
async function fail(label: string, count: number): Promise<string[]> {
  const { client, destination } = target;
  destination.answer(`/${label}`, { status: 500 });
  for (let n = 0; n < count; n += 1) {
    const { messageId } = await client.publish({
      ...{ url: `${destination.url}/${label}`, body: `body ${n}`, method: "PUT", retries: 0 },
      ...{ label: target.name(label), timeout: 9, headers: { "X-Kept": "kept", "X-Changed": "before" } },
      failureCallback: `${destination.url}/${label}/failed`,
    });
    await untilState(client, messageId, "FAILED");
  }
  const { messages } = await client.dlq.listMessages({ filter: { label: target.name(label) } });
  return messages.map((message) => message.dlqId);
}

describe("retrying dead letters", () => {
  test("headers override what they name, of many as of one, and the rest stays", async () => {
    const ids = await fail("override", 3);
    const headers = {
      ...{ "Upstash-Delay": "1h", "Upstash-Retries": "4", "Upstash-Retry-Delay": "1000" },
      ...{ "Upstash-Label": target.name("again"), "Upstash-Forward-X-Changed": "after" },
      ...{ "Upstash-Callback": "https://cb.test", "Upstash-Method": "PATCH" },
      ...{ "Upstash-Flow-Control-Key": target.name("key"), "Upstash-Flow-Control-Value": "rate=5" },
    };
    const path = `/v2/dlq/retry?label=${target.name("override")}&count=2`;
    const many = await (await target.call("POST", path, { headers })).json();
    expect(many).toEqual({
      cursor: expect.stringMatching(/./),
      responses: [1, 2].map(() => ({ messageId: expect.any(String) })),
    });
    const one = await target.call("POST", `/v2/dlq/retry/${ids.at(-1)}`, { headers });
    expect(one.status).toBe(201);
    const retried: { messageId: string }[] = [...many.responses, await one.json()];
    for (const { messageId } of retried) {
      expect(await target.client.messages.get(messageId)).toMatchObject({
        ...{ url: `${target.destination.url}/override`, body: expect.stringMatching(/^body \d$/) },
        ...{ maxRetries: 4, retryDelayExpression: "1000", labels: [target.name("again")] },
        header: { "X-Kept": ["kept"], "X-Changed": ["after"] },
        ...{ callback: "https://cb.test", failureCallback: `${target.destination.url}/override/failed` },
        ...{ method: "PATCH", flowControlKey: target.name("key"), rate: 5 },
      });
      await target.client.messages.cancel(messageId);
    }
  });

  test("the end of the list is an empty cursor here, and none at all elsewhere", async () => {
    await fail("ends", 2);
    const label = target.name("ends");
    const list = await (await target.call("GET", `/v2/dlq?label=${label}`)).json();
    expect(list).not.toHaveProperty("cursor");
    const headers = { "Upstash-Delay": "1h" };
    const retried = await target.call("POST", `/v2/dlq/retry?label=${label}`, { headers });
    expect(retried.status).toBe(201);
    const answer = await retried.json();
    expect(answer.cursor).toBe("");
    for (const { messageId } of answer.responses) await target.client.messages.cancel(messageId);
    const deleted = await (await target.call("DELETE", `/v2/dlq?label=${label}`)).json();
    expect(deleted).toEqual({ deleted: 0 });
  });

  test("if one of the named ids is missing none is retried", async () => {
    const [id = ""] = await fail("missing", 1);
    for (const path of [`/v2/dlq/retry?dlqIds=${id}&dlqIds=1-1`, `/v2/dlq/retry?dlqIds=${id},1-1`]) {
      expect((await target.call("POST", path)).status).toBe(404);
    }
    expect((await target.call("DELETE", `/v2/dlq/${id}`)).status).toBe(200);
    expect((await target.call("GET", `/v2/dlq/${id}`)).status).toBe(404);
  });

  test("what several requests retry or delete at once is sent or deleted once", async () => {
    const ids = await fail("contended", 6);
    const { client, destination } = target;
    destination.answer("/contended", { status: 200 });
    const filter = { label: target.name("contended") };
    const attempts = [
      ...[1, 2, 3].map(() => client.dlq.retry({ filter })),
      ...[1, 2].map(async () => {
        const deleted = await client.dlq.delete({ filter });
        return { responses: Array.from({ length: deleted.deleted }, () => ({ messageId: "deleted" })) };
      }),
    ];
    const taken = (await Promise.all(attempts)).flatMap(({ responses }) => responses);
    expect(taken).toHaveLength(ids.length);
    const sent = taken.filter(({ messageId }) => messageId !== "deleted");
    for (const { messageId } of sent) await untilState(client, messageId, "DELIVERED");
    expect(destination.count("/contended")).toBe(ids.length + sent.length);
  });

  test("pages of a bulk delete join by their cursor", async () => {
    await fail("pages", 3);
    const filter = { label: target.name("pages") };
    const first = await target.client.dlq.delete({ filter, count: 2 });
    expect(first).toEqual({ deleted: 2, cursor: expect.any(String) });
    const next = first.cursor === undefined ? {} : { cursor: first.cursor };
    expect(await target.client.dlq.delete({ filter, count: 2, ...next })).toEqual({ deleted: 1 });
  });

  test("ids may stand in the body, which changes nothing of the message; any other body retries nothing", async () => {
    const [id = "", other = ""] = await fail("by-body", 2);
    const retry = (body: string) =>
      target.call("POST", "/v2/dlq/retry", {
        ...{ body, headers: { "Content-Type": "application/json", "Upstash-Delay": "1h" } },
      });
    for (const body of ["{}", '{"dlqIds":[]}', `{"ids":["${id}"]}`, "all"]) {
      expect((await retry(body)).status).toBe(400);
    }
    expect((await retry(JSON.stringify({ dlqIds: [id, "1-1"] }))).status).toBe(404);
    const retried = await (await retry(JSON.stringify({ dlqIds: [id] }))).json();
    expect(retried).toEqual({ cursor: "", responses: [{ messageId: expect.any(String) }] });
    const { messageId } = retried.responses[0];
    expect((await target.client.messages.get(messageId)).header).toMatchObject({
      "Content-Type": ["text/plain;charset=UTF-8"],
    });
    await target.client.messages.cancel(messageId);
    expect(await target.client.dlq.delete([id, other])).toEqual({ deleted: 1 });
  });

  test("a content type that is forwarded by name overrides the message's", async () => {
    const [id] = await fail("retyped", 1);
    const headers = { "Upstash-Delay": "1h", "Upstash-Forward-Content-Type": "a/b" };
    const { messageId } = await (await target.call("POST", `/v2/dlq/retry/${id}`, { headers })).json();
    const { header } = await target.client.messages.get(messageId);
    expect(header?.["Content-Type"]).toEqual(["a/b"]);
    await target.client.messages.cancel(messageId);
  });

  test("a wrong override retries nothing", async () => {
    const [id] = await fail("wrong", 1);
    const headers = { "Upstash-Retries": "many" };
    expect((await target.call("POST", `/v2/dlq/retry/${id}`, { headers })).status).toBe(400);
    expect((await target.call("POST", `/v2/dlq/retry?dlqIds=${id}`, { headers })).status).toBe(400);
    expect((await target.call("GET", `/v2/dlq/${id}`)).status).toBe(200);
  });
});
