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

const decode = (base64: unknown) => Buffer.from(String(base64), "base64").toString("utf8");

describe("callbacks", () => {
  test("the callback tells the answer and the source of a delivered message", async () => {
    const { client, destination } = target;
    destination.answer("/work", { status: 201, body: "made", headers: { "X-Result": "42" } });
    const { messageId } = await client.publish({
      url: `${destination.url}/work`,
      body: "the order",
      headers: {
        "X-Tenant": "acme",
        "Upstash-Callback-Forward-X-Back": "hither",
        "Upstash-Callback-Method": "PUT",
      },
      callback: `${destination.url}/done`,
      retries: 4,
    });
    const callback = await destination.request("/done");
    expect(callback.method).toBe("PUT");
    expect(callback.headers.get("x-back")).toBe("hither");
    expect(callback.headers.get("content-type")).toBe("application/json");
    const told = JSON.parse(callback.body);
    expect(told).toMatchObject({
      status: 201,
      sourceMessageId: messageId,
      url: `${destination.url}/work`,
      method: "POST",
      retried: 0,
      maxRetries: 4,
      header: { "X-Result": ["42"] },
      sourceHeader: { "X-Tenant": ["acme"] },
    });
    expect(decode(told.body)).toBe("made");
    expect(decode(told.sourceBody)).toBe("the order");
    expect(told).not.toHaveProperty("dlqId");
    expect(callback.headers.get("upstash-message-id")).not.toBe(messageId);
  });

  test("of a message from a queue, to an endpoint of a group, it tells these fields and no others", async () => {
    needs("stand-in");
    const { client, destination } = target;
    const group = target.name("group");
    const endpoints = [{ name: "end", url: `${destination.url}/shape` }];
    await client.urlGroups.addEndpoints({ name: group, endpoints });
    destination.answer("/shape", { status: 500, body: "broken" });
    const queue = client.queue({ queueName: target.name("queue") });
    await queue.enqueue({
      ...{ urlGroup: group, body: "order", headers: { "Content-Type": "text/plain" }, retries: 0 },
      callback: `${destination.url}/shape/each`,
      failureCallback: `${destination.url}/shape/last`,
    });
    const told = async (path: string) => JSON.parse((await destination.request(path)).body);
    const each = {
      ...{ status: 500, header: expect.any(Object), body: Buffer.from("broken").toString("base64") },
      ...{ retried: 0, maxRetries: 0, sourceMessageId: expect.stringMatching(/^msg_/) },
      ...{ topicName: group, endpointName: "end", url: `${destination.url}/shape`, method: "POST" },
      sourceHeader: { "Content-Type": ["text/plain"] },
      sourceBody: Buffer.from("order").toString("base64"),
      ...{ notBefore: expect.stringMatching(/^\d{13}$/), createdAt: expect.stringMatching(/^\d{13}$/) },
      callerIP: expect.any(String),
    };
    expect(await told("/shape/each")).toEqual(each);
    expect(await told("/shape/last")).toEqual({ ...each, dlqId: expect.stringMatching(/^\d{13}-\d+$/) });
    await queue.delete();
  });

  test("the failure callback comes once, after the last attempt, with the id in the DLQ", async () => {
    const { client, destination } = target;
    destination.answer("/failing", { status: 500, body: "broken" });
    const { messageId } = await client.publish({
      url: `${destination.url}/failing`,
      body: "x",
      retries: 1,
      retryDelay: "1",
      failureCallback: `${destination.url}/failed`,
    });
    const told = JSON.parse((await destination.request("/failed")).body);
    expect(told).toMatchObject({ status: 500, sourceMessageId: messageId, retried: 1, maxRetries: 1 });
    const { messages } = await client.dlq.listMessages({ dlqIds: told.dlqId });
    expect(messages).toMatchObject([
      { messageId, dlqId: told.dlqId, responseStatus: 500, responseBody: "broken" },
    ]);
    expect(destination.count("/failing")).toBe(2);
    expect(destination.count("/failed")).toBe(1);
  });

  test("a failed attempt that will be repeated calls the callback and not the failure callback", async () => {
    const { client, destination } = target;
    destination.answer("/twice", { status: 500 }, { status: 200 });
    const { messageId } = await client.publish({
      url: `${destination.url}/twice`,
      retryDelay: "1",
      callback: `${destination.url}/each`,
      failureCallback: `${destination.url}/never`,
    });
    await destination.request("/each", 2);
    await untilState(client, messageId, "DELIVERED");
    const statuses = [1, 2].map(
      async (count) => JSON.parse((await destination.request("/each", count)).body).status,
    );
    expect((await Promise.all(statuses)).sort()).toEqual([200, 500]);
    expect(destination.count("/never")).toBe(0);
  });

  test("a callback that fails is repeated by its own options and ends in the DLQ itself", async () => {
    const { client, destination } = target;
    destination.answer("/deaf", { status: 500 });
    await client.publish({
      url: `${destination.url}/heard`,
      callback: `${destination.url}/deaf`,
      headers: { "Upstash-Callback-Retries": "2", "Upstash-Callback-Retry-Delay": "1" },
    });
    await destination.request("/deaf", 3);
    await expect
      .poll(
        async () => (await client.dlq.listMessages({ filter: { url: `${destination.url}/deaf` } })).messages,
      )
      .toMatchObject([{ responseStatus: 500, maxRetries: 2 }]);
  });
});
