import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";
import { startTicking, tickMs, toNextTick } from "./ticks.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

describe("schedules", () => {
  test("each tick sends a message that names its schedule", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    const scheduleId = await startTicking(target, {
      ...{ name: "ticking", destination: `${destination.url}/tick`, body: "tick", retries: 0 },
      headers: { "X-Tenant": "acme" },
    });
    for (const count of [1, 2]) {
      toNextTick(clock);
      const tick = await destination.request("/tick", count);
      expect(tick.body).toBe("tick");
      expect(tick.headers.get("x-tenant")).toBe("acme");
      expect(tick.headers.get("upstash-schedule-id")).toBe(scheduleId);
      const messageId = tick.headers.get("upstash-message-id") ?? "";
      await untilState(client, messageId, "DELIVERED");
      const schedule = await client.schedules.get(scheduleId);
      expect(schedule.lastScheduleStates).toEqual({ [messageId]: "SUCCESS" });
      const { nextScheduleTime = 0, lastScheduleTime = 0 } = schedule;
      expect([nextScheduleTime % tickMs, Math.ceil(lastScheduleTime / tickMs) * tickMs]).toEqual([
        0,
        nextScheduleTime,
      ]);
    }
    expect(destination.count("/tick")).toBe(2);
  });

  test("a schedule is shown with what it was created with and nothing else", async () => {
    const { client, destination, clock } = target;
    await client.schedules.create({
      destination: `${destination.url}/shown`,
      cron: " 30 4 * * 1 ",
      scheduleId: target.name("shown"),
      body: "payload",
      headers: { "X-One": "1", "Content-Type": "text/plain" },
      delay: 90,
      retries: 2,
      retryDelay: "1000 * retried",
      callback: `${destination.url}/cb`,
      failureCallback: `${destination.url}/fcb`,
      label: target.name("weekly"),
      flowControl: { key: target.name("k"), rate: 2, period: "1m" },
    });
    const schedule = await client.schedules.get(target.name("shown"));
    expect(schedule.header).toEqual({ "X-One": ["1"], "Content-Type": ["text/plain"] });
    expect(schedule).toMatchObject({
      scheduleId: target.name("shown"),
      cron: "30 4 * * 1",
      destination: `${destination.url}/shown`,
      method: "POST",
      body: "payload",
      delay: 90,
      retries: 2,
      retryDelayExpression: "1000 * retried",
      callback: `${destination.url}/cb`,
      failureCallback: `${destination.url}/fcb`,
      labels: [target.name("weekly")],
      flowControlKey: target.name("k"),
      rate: 2,
      period: 60,
      isPaused: false,
    });
    const next = new Date(schedule.nextScheduleTime ?? 0);
    expect([next.getUTCDay(), next.getUTCHours(), next.getUTCMinutes()]).toEqual([1, 4, 30]);
    expect(next.getTime()).toBeGreaterThan(clock.now().getTime());

    await client.schedules.create({
      destination: `${destination.url}/other`,
      cron: "0 0 * * *",
      scheduleId: target.name("shown"),
    });
    const overwritten = await client.schedules.get(target.name("shown"));
    expect(overwritten).not.toHaveProperty("body");
    expect(overwritten).not.toHaveProperty("callback");
    expect(overwritten).toMatchObject({ destination: `${destination.url}/other`, retries: 3 });
    expect((overwritten.nextScheduleTime ?? 0) % 86_400_000).toBe(0);
    await client.schedules.delete(target.name("shown"));
    await expect(client.schedules.get(target.name("shown"))).rejects.toMatchObject({ status: 404 });
  });

  test("CRON_TZ reads the fields in that time zone", async () => {
    const { client, destination } = target;
    await client.schedules.create({
      destination: `${destination.url}/tz`,
      cron: "CRON_TZ=Asia/Tokyo 0 9 * * *",
      scheduleId: target.name("tokyo"),
    });
    const next = new Date((await client.schedules.get(target.name("tokyo"))).nextScheduleTime ?? 0);
    expect(next.getUTCHours()).toBe(0);
    await client.schedules.delete(target.name("tokyo"));
  });

  test("a paused schedule skips its ticks and does not make them up", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    const schedule = await startTicking(target, { name: "paused", destination: `${destination.url}/paused` });
    await client.schedules.pause({ schedule });
    expect((await client.schedules.get(schedule)).isPaused).toBe(true);
    toNextTick(clock);
    toNextTick(clock);
    await client.schedules.resume({ schedule });
    await client.publish({ url: `${destination.url}/sentinel` });
    await destination.request("/sentinel");
    expect(destination.count("/paused")).toBe(0);
    toNextTick(clock);
    await destination.request("/paused");
  });

  test("ticks into a queue and with a delay; those that were slept through are one tick", async () => {
    needs("clock", "destination");
    const { client, destination, clock } = target;
    await startTicking(target, {
      ...{ name: "queued", destination: `${destination.url}/queued` },
      ...{ queueName: target.name("ticks"), delay: 300 },
    });
    clock.advance(10 * tickMs);
    await expect
      .poll(async () => (await client.queue({ queueName: target.name("ticks") }).get()).lag)
      .toBe(1);
    clock.advance(299_000 - (clock.now().getTime() % tickMs));
    await client.publish({ url: `${destination.url}/queued-early` });
    await destination.request("/queued-early");
    expect(destination.count("/queued")).toBe(0);
    clock.advance(tickMs / 2);
    await destination.request("/queued");
    await client.publish({ url: `${destination.url}/queued-sentinel` });
    await destination.request("/queued-sentinel");
    expect(destination.count("/queued")).toBe(1);
  });

  test.each([
    ["no cron at all", {}],
    ["a cron that is none", { "Upstash-Cron": "every day" }],
    ["a cron with seconds", { "Upstash-Cron": "0 * * * * *" }],
    ["an id that may not be", { "Upstash-Cron": "* * * * *", "Upstash-Schedule-Id": "a b" }],
  ])("%s is refused with 400", async (_what, headers) => {
    const answer = await target.call("POST", "/v2/schedules/https://a.test", { headers });
    expect(answer.status).toBe(400);
  });
});
