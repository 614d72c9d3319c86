import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";
import { startTicking, tickCron, toNextTick } from "./ticks.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("clock", "destination"));

/** Between an attempt and its retry, in ms: a test moves the clock by it, and lasts less long itself. */
const retryMs = 120_000;

const states = async (id: string) => (await target.client.schedules.get(id)).lastScheduleStates;

describe("ticks of a schedule", () => {
  test("the last tick's messages are told of: in progress, then a success or a failure", async () => {
    const { client, destination, clock } = target;
    destination.answer("/states", { status: 500 }, { status: 200 }, { status: 500 });
    const scheduleId = await startTicking(target, {
      ...{ name: "states", destination: `${destination.url}/states` },
      ...{ retries: 1, retryDelay: String(retryMs) },
    });
    expect(await states(scheduleId)).toBeUndefined();
    const tick = async (count: number) => {
      toNextTick(clock);
      const request = await destination.request("/states", count);
      return request.headers.get("upstash-message-id") ?? "";
    };
    const first = await tick(1);
    await untilState(client, first, "RETRY");
    expect(await states(scheduleId)).toEqual({ [first]: "IN_PROGRESS" });
    clock.advance(retryMs);
    await untilState(client, first, "DELIVERED");
    expect(await states(scheduleId)).toEqual({ [first]: "SUCCESS" });
    const second = await tick(3);
    await untilState(client, second, "RETRY");
    clock.advance(retryMs);
    await untilState(client, second, "FAILED");
    expect(await states(scheduleId)).toEqual({ [second]: "FAIL" });
  });

  test("what it sends is found by its id: in the log, among dead letters, and to be cancelled", async () => {
    const { client, destination, clock } = target;
    destination.answer("/found", { status: 500 });
    const scheduleId = await startTicking(target, {
      ...{ name: "found", destination: `${destination.url}/found` },
      ...{ retries: 1, retryDelay: String(retryMs) },
    });
    toNextTick(clock);
    const first = (await destination.request("/found")).headers.get("upstash-message-id") ?? "";
    await untilState(client, first, "RETRY");
    const filter = { scheduleId };
    expect(new Set((await client.logs({ filter })).logs.map(({ messageId }) => messageId))).toEqual(
      new Set([first]),
    );
    expect((await client.logs({ filter: { scheduleId: `${scheduleId}-not` } })).logs).toEqual([]);
    await client.schedules.pause({ schedule: scheduleId });
    clock.advance(retryMs);
    await untilState(client, first, "FAILED");
    const { messages } = await client.dlq.listMessages({ filter });
    expect(messages.map(({ messageId }) => messageId)).toEqual([first]);
    expect(messages[0]).toMatchObject({ scheduleId });
    const { responses } = await client.dlq.retry({ filter });
    const [again = ""] = responses.map(({ messageId }) => messageId);
    await untilState(client, again, "RETRY");
    expect(await client.messages.cancel({ filter: { scheduleId: `${scheduleId}-not` } })).toEqual({
      cancelled: 0,
    });
    expect(await client.messages.cancel({ filter })).toEqual({ cancelled: 1 });
  });

  test("PATCH and POST both pause and resume, twice as well as once", async () => {
    const { client } = target;
    const scheduleId = target.name("verbs");
    await client.schedules.create({ destination: "https://a.test", cron: "0 0 1 1 *", scheduleId });
    for (const method of ["PATCH", "POST"]) {
      for (const [verb, isPaused] of [["pause", true] as const, ["resume", false] as const]) {
        for (let times = 0; times < 2; times += 1) {
          const answer = await target.call(method, `/v2/schedules/${scheduleId}/${verb}`);
          expect(answer.status).toBe(200);
          expect((await client.schedules.get(scheduleId)).isPaused).toBe(isPaused);
        }
      }
    }
    await client.schedules.delete(scheduleId);
  });

  test("a tick whose group is gone sends nothing, and the schedule stays", async () => {
    const { client, destination, clock } = target;
    const name = target.name("gone");
    await client.urlGroups.addEndpoints({ name, endpoints: [{ url: `${destination.url}/orphan` }] });
    const scheduleId = await startTicking(target, { name: "orphan", destination: name });
    await client.urlGroups.delete(name);
    toNextTick(clock);
    await expect
      .poll(async () => (await client.schedules.get(scheduleId)).lastScheduleTime)
      .toEqual(expect.any(Number));
    expect(destination.count("/orphan")).toBe(0);
    await client.urlGroups.addEndpoints({ name, endpoints: [{ url: `${destination.url}/orphan` }] });
    toNextTick(clock);
    await destination.request("/orphan");
  });

  test("a tick calls the schedule's callback, which names it", async () => {
    const { destination, clock } = target;
    const scheduleId = await startTicking(target, {
      ...{ name: "calling", destination: `${destination.url}/calling`, body: "tick" },
      callback: `${destination.url}/called`,
    });
    toNextTick(clock);
    const told = JSON.parse((await destination.request("/called")).body);
    const { headers } = await destination.request("/calling");
    expect(told).toMatchObject({
      scheduleId,
      sourceMessageId: headers.get("upstash-message-id"),
      status: 200,
    });
  });

  test("a schedule that is written over ticks as the new one alone", async () => {
    const { client, destination, clock } = target;
    const scheduleId = await startTicking(target, {
      ...{ name: "rewritten", destination: `${destination.url}/old`, body: "old" },
    });
    await client.schedules.create({ destination: `${destination.url}/new`, cron: tickCron, scheduleId });
    toNextTick(clock);
    expect(await destination.request("/new")).toMatchObject({ body: "" });
    await client.publish({ url: `${destination.url}/new-sentinel` });
    await destination.request("/new-sentinel");
    expect(destination.count("/old")).toBe(0);
    expect(destination.count("/new")).toBe(1);
  });

  test("a schedule without an id gets one, and without a method and a body its ticks are empty POSTs", async () => {
    const { client, destination } = target;
    const path = `/v2/schedules/${destination.url}/bare`;
    const headers = { "Upstash-Cron": tickCron };
    toNextTick(target.clock);
    const { scheduleId } = await (await target.call("POST", path, { headers })).json();
    expect(scheduleId).toMatch(/^scd_\w+/);
    toNextTick(target.clock);
    expect(await destination.request("/bare")).toMatchObject({ method: "POST", body: "" });
    await client.schedules.delete(scheduleId);
    await expect(client.schedules.get(scheduleId)).rejects.toMatchObject({ status: 404 });
  });
});
