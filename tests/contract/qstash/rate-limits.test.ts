import * as qstash from "@upstash/qstash";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

const dayMs = 86_400_000;
let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget({ burstRequests: 3, dailyMessages: 2 });
});
afterAll(() => target.close());
beforeEach(() => needs("options", "clock"));

describe("rate limits", () => {
  test("beyond the burst of a second a listing is refused as the SDK reads it, until the next one", async () => {
    const { client, clock } = target;
    const atSecond = () => clock.advance(1000 - (clock.now().getTime() % 1000));
    atSecond();
    // The clock runs on while requests are on their way: in some second there are more than three.
    let refused: unknown;
    const list = () =>
      client
        .queue()
        .list()
        .catch((error: unknown) => {
          refused = error;
        });
    while (refused === undefined) await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(list));
    expect(refused).toBeInstanceOf(qstash.QstashRatelimitError);
    expect(refused).toMatchObject({ status: 429, limit: "3", remaining: "0", reset: expect.any(String) });
    const resetMs = refused instanceof qstash.QstashRatelimitError ? Number(refused.reset) * 1000 : 0;
    expect(resetMs - clock.now().getTime()).toBeLessThanOrEqual(1000);
    atSecond();
    await expect(client.queue().list()).resolves.toEqual([]);
  });

  test("beyond the day's messages a publish is refused as the SDK reads it, until midnight", async () => {
    const { client, clock } = target;
    const publish = () => client.publish({ url: "https://a.test", delay: "3d" });
    // Midnight must not come between the messages.
    clock.advance(dayMs - (clock.now().getTime() % dayMs));
    await publish();
    await client.batch([{ url: "https://a.test", delay: "3d" }]);
    const refused = await publish().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(qstash.QstashDailyRatelimitError);
    const midnightMs = Math.ceil(clock.now().getTime() / dayMs) * dayMs;
    expect(refused).toMatchObject({
      ...{ status: 429, limit: "2", remaining: "0" },
      reset: String(midnightMs / 1000),
    });
    await expect(client.queue({ queueName: "q" }).enqueue({ url: "https://a.test" })).rejects.toBeInstanceOf(
      qstash.QstashDailyRatelimitError,
    );
    clock.advance(midnightMs - clock.now().getTime());
    await publish();
  });

  test("publishing has no burst limit, and listing no daily one", async () => {
    const free = await openTarget({ burstRequests: 1 });
    try {
      for (let n = 0; n < 5; n += 1) await free.client.publish({ url: "https://a.test", delay: 600 });
    } finally {
      await free.close();
    }
  });
});
