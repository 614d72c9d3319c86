import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("faults"));

const inject = (fault: object) => target.call("POST", "/__local/faults", { body: JSON.stringify(fault) });

describe("faults on deliveries", () => {
  test("a duplicated delivery reaches the destination twice under one message id", async () => {
    const { client, destination } = target;
    await inject({ on: "delivery", match: "/doubled", duplicate: true, times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/doubled` });
    const both = [await destination.request("/doubled", 1), await destination.request("/doubled", 2)];
    expect(both.map((request) => request.headers.get("upstash-message-id"))).toEqual([messageId, messageId]);
  });

  test("a lost answer is an error although the destination has done its work, and is retried", async () => {
    const { client, destination } = target;
    await inject({ on: "delivery", match: "/lost", drop: "after", times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/lost`, retryDelay: "1" });
    await untilState(client, messageId, "DELIVERED");
    expect(destination.count("/lost")).toBe(2);
  });

  test("a delivery that is refused by a fault never reaches the destination", async () => {
    const { client, destination } = target;
    await inject({ on: "delivery", match: "/refused", status: 503, times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/refused`, retries: 0 });
    await untilState(client, messageId, "FAILED");
    expect(destination.count("/refused")).toBe(0);
  });

  test("a slow delivery reaches the destination only when its latency is over", async () => {
    const { client, destination, clock } = target;
    await inject({ on: "delivery", match: "/slow", latencyMs: 3_600_000, times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/slow` });
    await untilState(client, messageId, "ACTIVE");
    await expect
      .poll(async () => (await target.call("GET", "/__local/faults")).json(), { interval: 5 })
      .toMatchObject({
        faults: expect.arrayContaining([expect.objectContaining({ match: "/slow", disturbed: 1 })]),
      });
    expect(destination.count("/slow")).toBe(0);
    clock.advance(3_600_000);
    await untilState(client, messageId, "DELIVERED");
    expect(destination.count("/slow")).toBe(1);
  });

  test("a connection that is dropped before the work never reaches the destination", async () => {
    const { client, destination } = target;
    await inject({ on: "delivery", match: "/cut", drop: "before", times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/cut`, retries: 0 });
    await untilState(client, messageId, "FAILED");
    expect(destination.count("/cut")).toBe(0);
  });

  test("a publish whose answer is lost was still taken in: the deduplication id makes it one", async () => {
    const { client, destination } = target;
    await inject({ match: "/v2/publish", drop: "after", times: 1 });
    const publish = () => client.publish({ url: `${destination.url}/once`, deduplicationId: "once" });
    await expect(publish()).rejects.toThrow();
    const before = await target.metered("messages");
    expect(await publish()).toMatchObject({ deduplicated: true });
    await destination.request("/once");
    expect(before).toBeGreaterThan(0);
    expect(destination.count("/once")).toBe(1);
  });
});

describe("reordered deliveries", () => {
  test("the next delivery passes the disturbed one", async () => {
    const { client, destination } = target;
    await inject({ on: "delivery", match: "/turned", reorder: true, times: 1 });
    await client.publish({ url: `${destination.url}/turned?first` });
    await expect
      .poll(async () => (await target.call("GET", "/__local/faults")).json(), { interval: 5 })
      .toMatchObject({
        faults: expect.arrayContaining([expect.objectContaining({ reorder: true, disturbed: 1 })]),
      });
    await client.publish({ url: `${destination.url}/turned?second` });
    const both = [await destination.request("/turned", 1), await destination.request("/turned", 2)];
    expect(both.map((request) => request.path)).toEqual(["/turned?second", "/turned?first"]);
  });

  test("a delivery that nobody passes is made when the bound is over", async () => {
    const { client, destination, clock } = target;
    await inject({ on: "delivery", match: "/alone", reorder: true });
    const { messageId } = await client.publish({ url: `${destination.url}/alone` });
    await expect
      .poll(async () => {
        clock.advance(500);
        return destination.count("/alone");
      })
      .toBe(1);
    await untilState(client, messageId, "DELIVERED");
  });
});
