import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StandIn, startStandIn, untilState } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

const minuteMs = 60_000;

/** Moves the clock to just after the next full minute. */
function toNextMinute(): void {
  const { clock } = standIn;
  clock.advance(minuteMs - (clock.now().getTime() % minuteMs) + 100);
}

describe("schedules", () => {
  test("each tick sends a message that names its schedule", async () => {
    const { client, destination } = standIn;
    const { scheduleId } = await client.schedules.create({
      destination: `${destination.url}/tick`,
      cron: "* * * * *",
      body: "tick",
      headers: { "X-Tenant": "acme" },
      scheduleId: "minutely",
      retries: 0,
    });
    expect(scheduleId).toBe("minutely");
    for (const count of [1, 2]) {
      toNextMinute();
      const tick = await destination.request("/tick", count);
      expect(tick.body).toBe("tick");
      expect(tick.headers.get("x-tenant")).toBe("acme");
      expect(tick.headers.get("upstash-schedule-id")).toBe("minutely");
    }
    const messageId = (await destination.request("/tick", 2)).headers.get("upstash-message-id") ?? "";
    await untilState(client, messageId, "DELIVERED");
    const schedule = await client.schedules.get("minutely");
    expect(schedule.lastScheduleStates).toEqual({ [messageId]: "SUCCESS" });
    expect((schedule.nextScheduleTime ?? 0) - (schedule.lastScheduleTime ?? 0)).toBeLessThanOrEqual(minuteMs);
    await client.schedules.delete("minutely");
  });

  test("a schedule is shown with what it was created with and nothing else", async () => {
    const { client, destination, clock } = standIn;
    await client.schedules.create({
      destination: `${destination.url}/shown`,
      cron: " 30 4 * * 1 ",
      scheduleId: "shown",
      body: "payload",
      headers: { "X-One": "1", "Content-Type": "text/plain" },
      delay: 90,
      retries: 2,
      retryDelay: "1000 * retried",
      callback: `${destination.url}/cb`,
      failureCallback: `${destination.url}/fcb`,
      label: "weekly",
      flowControl: { key: "k", rate: 2, period: "1m" },
    });
    const schedule = await client.schedules.get("shown");
    expect(schedule.header).toEqual({ "X-One": ["1"], "Content-Type": ["text/plain"] });
    expect(schedule).toMatchObject({
      scheduleId: "shown",
      cron: "30 4 * * 1",
      destination: `${destination.url}/shown`,
      method: "POST",
      body: "payload",
      delay: 90,
      retries: 2,
      retryDelayExpression: "1000 * retried",
      callback: `${destination.url}/cb`,
      failureCallback: `${destination.url}/fcb`,
      labels: ["weekly"],
      flowControlKey: "k",
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
      scheduleId: "shown",
    });
    const overwritten = await client.schedules.get("shown");
    expect(overwritten).not.toHaveProperty("body");
    expect(overwritten).not.toHaveProperty("callback");
    expect(overwritten).toMatchObject({ destination: `${destination.url}/other`, retries: 3 });
    await client.schedules.delete("shown");
    await expect(client.schedules.get("shown")).rejects.toMatchObject({ status: 404 });
  });

  test("CRON_TZ reads the fields in that time zone", async () => {
    const { client, destination } = standIn;
    await client.schedules.create({
      destination: `${destination.url}/tz`,
      cron: "CRON_TZ=Asia/Tokyo 0 9 * * *",
      scheduleId: "tokyo",
    });
    const next = new Date((await client.schedules.get("tokyo")).nextScheduleTime ?? 0);
    expect(next.getUTCHours()).toBe(0);
    await client.schedules.delete("tokyo");
  });

  test("a paused schedule skips its ticks and does not make them up", async () => {
    const { client, destination } = standIn;
    const create = { destination: `${destination.url}/paused`, cron: "* * * * *", scheduleId: "paused" };
    await client.schedules.create(create);
    await client.schedules.pause({ schedule: "paused" });
    expect((await client.schedules.get("paused")).isPaused).toBe(true);
    toNextMinute();
    toNextMinute();
    await client.schedules.resume({ schedule: "paused" });
    await client.publish({ url: `${destination.url}/sentinel` });
    await destination.request("/sentinel");
    expect(destination.count("/paused")).toBe(0);
    toNextMinute();
    await destination.request("/paused");
    await client.schedules.delete("paused");
  });

  test("ticks into a queue and with a delay; minutes that were slept through are one tick", async () => {
    const { client, destination, clock } = standIn;
    await client.schedules.create({
      destination: `${destination.url}/queued`,
      cron: "* * * * *",
      scheduleId: "queued",
      queueName: "ticks",
      delay: 5,
    });
    clock.advance(10 * minuteMs);
    await expect.poll(async () => (await client.queue({ queueName: "ticks" }).get()).lag).toBe(1);
    await client.schedules.delete("queued");
    clock.advance(6000);
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
    const answer = await standIn.call("POST", "/v2/schedules/https://a.test", { headers });
    expect(answer.status).toBe(400);
  });
});
