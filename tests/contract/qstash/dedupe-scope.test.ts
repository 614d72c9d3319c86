import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

describe("the scope of deduplication", () => {
  test("of a URL group each endpoint has its own, and only a wholly known message is a 202", async () => {
    const { client, destination } = target;
    const name = target.name("group");
    const endpoint = (path: string) => ({ url: `${destination.url}${path}` });
    await client.urlGroups.addEndpoints({ name, endpoints: [endpoint("/a")] });
    const headers = { "Upstash-Deduplication-Id": target.name("once"), "Upstash-Delay": "1h" };
    const publish = () => target.call("POST", `/v2/publish/${name}`, { headers });
    const [first] = await (await publish()).json();
    const again = await publish();
    expect(again.status).toBe(202);
    expect(await again.json()).toEqual([{ ...first, deduplicated: true }]);
    await client.urlGroups.addEndpoints({ name, endpoints: [endpoint("/b")] });
    const grown = await publish();
    expect(grown.status).toBe(200);
    expect(await grown.json()).toEqual([
      { ...first, deduplicated: true },
      { messageId: expect.any(String), url: `${destination.url}/b` },
    ]);
  });

  test("an id holds for enqueued and batched messages too, and with it the content does not count", async () => {
    const { client, destination } = target;
    const options = { delay: 3600, deduplicationId: target.name("id"), contentBasedDeduplication: true };
    const url = `${destination.url}/scope`;
    const first = await client.publish({ url, body: "a", ...options });
    const queue = client.queue({ queueName: target.name("q") });
    expect(await queue.enqueue({ url, body: "b", ...options })).toEqual({ ...first, deduplicated: true });
    expect(await client.batch([{ url, body: "c", ...options }])).toEqual([{ ...first, deduplicated: true }]);
    await client.messages.cancel(first.messageId);
  });

  test("another content type is another content", async () => {
    const { client, destination } = target;
    const publish = (type: string) =>
      client.publish({
        ...{ url: `${destination.url}/type`, body: "a", delay: 3600, contentBasedDeduplication: true },
        headers: { "Content-Type": type },
      });
    const [json, text, jsonAgain] = [
      await publish("application/json"),
      await publish("text/plain"),
      await publish("application/json"),
    ];
    expect(text.messageId).not.toBe(json.messageId);
    expect(jsonAgain).toEqual({ messageId: json.messageId, deduplicated: true });
  });

  test("the window of a content is ten minutes from the first, not from the last", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    const publish = () =>
      client.publish({
        ...{ url: `${destination.url}/window`, body: "a", delay: 86_400, contentBasedDeduplication: true },
      });
    const first = await publish();
    clock.advance(300_000);
    expect((await publish()).messageId).toBe(first.messageId);
    clock.advance(301_000);
    expect((await publish()).messageId).not.toBe(first.messageId);
  });
});
