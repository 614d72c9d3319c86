import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

describe("deduplication", () => {
  test("a second message with the id of the first is not sent, and answers with the first's id", async () => {
    needs("destination");
    const { client, destination } = target;
    const publish = (body: string) =>
      client.publish({ url: `${destination.url}/by-id`, deduplicationId: target.name("order-1"), body });
    const first = await publish("a");
    const second = await publish("b");
    expect(second).toMatchObject({ messageId: first.messageId, deduplicated: true });
    expect(first.deduplicated ?? false).toBe(false);
    const raw = await target.call("POST", `/v2/publish/${destination.url}/by-id`, {
      headers: { "Upstash-Deduplication-Id": target.name("order-1") },
    });
    expect(raw.status).toBe(202);
    await client.publish({ url: `${destination.url}/sentinel` });
    await destination.request("/sentinel");
    expect(destination.count("/by-id")).toBe(1);
  });

  test("twice at once is still once", async () => {
    needs("destination");
    const { client, destination } = target;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        client.publish({ url: `${destination.url}/at-once`, deduplicationId: target.name("order-2") }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.messageId)).size).toBe(1);
    expect(answers.filter((answer) => !answer.deduplicated)).toHaveLength(1);
    const batch = await client.batch(
      [1, 2, 3].map(() => ({ url: `${destination.url}/in-batch`, deduplicationId: target.name("order-3") })),
    );
    expect(new Set(batch.map((answer) => Reflect.get(answer, "messageId"))).size).toBe(1);
  });

  test("the id is free again after ten minutes", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    const publish = () =>
      client.publish({ url: `${destination.url}/window`, deduplicationId: target.name("order-4") });
    const first = await publish();
    clock.advance(540_000);
    expect((await publish()).messageId).toBe(first.messageId);
    clock.advance(60_000);
    expect((await publish()).messageId).not.toBe(first.messageId);
  });

  test("by content: the same destination, body and forwarded headers are one message, any other is another", async () => {
    needs("destination");
    const { client, destination } = target;
    const publish = async (path: string, body: string, tenant: string) =>
      (
        await client.publish({
          url: `${destination.url}${path}`,
          body,
          headers: { "X-Tenant": tenant },
          contentBasedDeduplication: true,
        })
      ).messageId;
    const first = await publish("/content", "a", "acme");
    expect(await publish("/content", "a", "acme")).toBe(first);
    const others = [
      await publish("/content", "b", "acme"),
      await publish("/content", "a", "other"),
      await publish("/content2", "a", "acme"),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });
});
