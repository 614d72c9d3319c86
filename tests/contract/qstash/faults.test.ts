import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metered, type StandIn, startStandIn, untilState } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

const inject = (fault: object) => standIn.call("POST", "/__local/faults", { body: JSON.stringify(fault) });

describe("faults on deliveries", () => {
  test("a duplicated delivery reaches the destination twice under one message id", async () => {
    const { client, destination } = standIn;
    await inject({ on: "delivery", match: "/doubled", duplicate: true, times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/doubled` });
    const both = [await destination.request("/doubled", 1), await destination.request("/doubled", 2)];
    expect(both.map((request) => request.headers.get("upstash-message-id"))).toEqual([messageId, messageId]);
  });

  test("a lost answer is an error although the destination has done its work, and is retried", async () => {
    const { client, destination } = standIn;
    await inject({ on: "delivery", match: "/lost", drop: "after", times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/lost`, retryDelay: "1" });
    await untilState(client, messageId, "DELIVERED");
    expect(destination.count("/lost")).toBe(2);
  });

  test("a delivery that is refused by a fault never reaches the destination", async () => {
    const { client, destination } = standIn;
    await inject({ on: "delivery", match: "/refused", status: 503, times: 1 });
    const { messageId } = await client.publish({ url: `${destination.url}/refused`, retries: 0 });
    await untilState(client, messageId, "FAILED");
    expect(destination.count("/refused")).toBe(0);
  });

  test("a publish whose answer is lost was still taken in: the deduplication id makes it one", async () => {
    const { client, destination } = standIn;
    await inject({ match: "/v2/publish", drop: "after", times: 1 });
    const publish = () => client.publish({ url: `${destination.url}/once`, deduplicationId: "once" });
    await expect(publish()).rejects.toThrow();
    const before = await metered(standIn, "messages");
    expect(await publish()).toMatchObject({ deduplicated: true });
    await destination.request("/once");
    expect(before).toBeGreaterThan(0);
    expect(destination.count("/once")).toBe(1);
  });
});
