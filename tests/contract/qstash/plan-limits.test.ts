import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget({
    ...{ maxQueues: 2, maxQueueParallelism: 3, maxSchedules: 1, maxBodyBytes: 100 },
    ...{ maxDelayMs: 60_000, maxFlowPeriodSec: 60 },
  });
});
afterAll(() => target.close());
beforeEach(() => needs("options"));

const to = "/v2/publish/https://a.test";
const sentence = { error: expect.stringMatching(/\w+ \w+ \w+/) };

async function expectRefused(answer: Response, status: number): Promise<void> {
  expect(await answer.json()).toEqual(sentence);
  expect(answer.status).toBe(status);
}

describe("limits of a plan", () => {
  test("no more queues are made than allowed, by whatever names them first", async () => {
    const { client } = target;
    await client.queue({ queueName: "one" }).upsert({ paused: true });
    const batch = await client.batch(
      ["two", "three"].map((queueName) => ({ url: "https://a.test", queueName, delay: 50 })),
    );
    expect(batch).toEqual([
      { messageId: expect.any(String) },
      { error: expect.stringContaining("number of queues") },
    ]);
    await expect(client.queue({ queueName: "four" }).upsert({})).rejects.toMatchObject({ status: 412 });
    await expectRefused(await target.call("POST", "/v2/enqueue/five/https://a.test"), 412);
    const headers = { "Upstash-Cron": "* * * * *", "Upstash-Queue-Name": "six" };
    await expectRefused(await target.call("POST", "/v2/schedules/https://a.test", { headers }), 412);
    await client.queue({ queueName: "one" }).upsert({ paused: true, parallelism: 3 });
    expect((await client.queue().list()).map((queue) => queue.name)).toEqual(["one", "two"]);
  });

  test("a queue is no wider than allowed", async () => {
    const queue = target.client.queue({ queueName: "one" });
    await expect(queue.upsert({ parallelism: 4 })).rejects.toMatchObject({ status: 412 });
  });

  test("no more schedules are made than allowed, and one of them may be written over", async () => {
    const { schedules } = target.client;
    const create = (scheduleId: string) =>
      schedules.create({ destination: "https://a.test", cron: "0 0 * * *", scheduleId });
    await create("first");
    await create("first");
    await expect(create("second")).rejects.toMatchObject({ status: 412 });
  });

  test("a message is no larger than allowed, alone, in a batch or in a schedule", async () => {
    const body = "x".repeat(101);
    await expectRefused(await target.call("POST", to, { body }), 412);
    const headers = { "Upstash-Cron": "* * * * *" };
    await expectRefused(await target.call("POST", "/v2/schedules/https://a.test", { headers, body }), 412);
    expect(await target.client.batch([{ url: "https://a.test", body }])).toEqual([
      { error: expect.stringContaining("message size") },
    ]);
  });

  test.each([
    ["a delay", { "Upstash-Delay": "61s" }],
    ["a time far ahead", { "Upstash-Not-Before": "9999999999" }],
    ["a callback's delay", { "Upstash-Callback": "https://b.test", "Upstash-Callback-Delay": "2m" }],
  ])("%s is no longer than allowed", async (_what, headers) => {
    await expectRefused(await target.call("POST", to, { headers }), 412);
  });

  test("the period of a rate is no longer than allowed, in a message or pinned", async () => {
    const headers = { "Upstash-Flow-Control-Key": "k", "Upstash-Flow-Control-Value": "rate=1, period=2m" };
    await expectRefused(await target.call("POST", to, { headers }), 400);
    await expectRefused(await target.call("POST", "/v2/flowControl/k/pin?rate=1&period=61"), 400);
  });
});
