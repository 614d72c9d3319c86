import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

async function publish(path: string, key: string, value: string): Promise<void> {
  const answer = await target.call("POST", `/v2/publish/${target.destination.url}${path}`, {
    headers: { "Upstash-Flow-Control-Key": key, "Upstash-Flow-Control-Value": value },
  });
  expect(answer.status).toBe(200);
}

const stateOf = (key: string) => target.client.flowControl.get(key);

describe("the verbs of flow control", () => {
  test.each(["resetRate", "reset"])("%s begins a new period now", async (verb) => {
    const key = target.name(verb);
    const path = `/${verb}`;
    await publish(path, key, "rate=1, period=1h");
    await target.destination.request(path);
    await publish(path, key, "rate=1, period=1h");
    expect((await stateOf(key)).rateCount).toBe(1);
    expect((await target.call("POST", `/v2/flowControl/${key}/${verb}`)).status).toBe(200);
    await target.destination.request(path, 2);
    expect((await target.call("POST", `/v2/flowControl/${target.name("none")}/${verb}`)).status).toBe(404);
  });

  test("pinning a rate lets the next ones go and counts from nothing", async () => {
    const key = target.name("pinned");
    for (let n = 0; n < 3; n += 1) await publish("/pinned", key, "rate=1, period=1h");
    await target.destination.request("/pinned");
    await target.client.flowControl.pin(key, { rate: 2, period: 3600 });
    await target.destination.request("/pinned", 3);
    expect(await stateOf(key)).toMatchObject({ rateMax: 2, rateCount: 2, ratePeriod: 3600 });
  });

  test("each limit is unpinned by itself, and its value stays until a message brings another", async () => {
    const key = target.name("each");
    await target.client.flowControl.pin(key, { parallelism: 7, rate: 8 });
    await target.call("POST", `/v2/flowControl/${key}/unpin`);
    expect(await stateOf(key)).toMatchObject({ isPinnedParallelism: true, isPinnedRate: true });
    await target.client.flowControl.unpin(key, { rate: true });
    expect(await stateOf(key)).toMatchObject({ isPinnedParallelism: true, isPinnedRate: false, rateMax: 8 });
    await publish("/each", key, "parallelism=1, rate=9, period=5");
    expect(await stateOf(key)).toMatchObject({ parallelismMax: 7, rateMax: 9, ratePeriod: 5 });
  });

  test("pausing a key lets its period run on", async () => {
    needs("clock");
    const key = target.name("paused");
    await publish("/period", key, "rate=1, period=1m");
    await target.destination.request("/period");
    await publish("/period", key, "rate=1, period=1m");
    await target.client.flowControl.pause(key);
    target.clock.advance(61_000);
    expect(await stateOf(key)).toMatchObject({ isPaused: true, rateCount: 0, waitListSize: 1 });
    expect(target.destination.count("/period")).toBe(1);
    await target.client.flowControl.resume(key);
    await target.destination.request("/period", 2);
  });

  test("all keys are listed, or those whose name has a text in it", async () => {
    const key = target.name("searched");
    await publish("/searched", key, "parallelism=1");
    const listed = async (query: string): Promise<string[]> => {
      const keys = await (await target.call("GET", `/v2/flowControl${query}`)).json();
      return keys.map((one: { flowControlKey: string }) => one.flowControlKey);
    };
    expect(await listed("")).toContain(key);
    expect(await listed(`?search=${target.name("searche")}`)).toEqual([key]);
    expect(await listed(`?search=${target.name("nothing")}`)).toEqual([]);
  });

  test("what is under way counts in the global parallelism", async () => {
    needs("exclusive account");
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    target.destination.answer("/held", async () => {
      await held;
      return {};
    });
    await target.client.publish({ url: `${target.destination.url}/held` });
    await target.destination.request("/held");
    const { parallelismCount, parallelismMax } = await target.client.flowControl.getGlobalParallelism();
    expect(parallelismCount).toBe(1);
    expect(parallelismMax).toBeGreaterThanOrEqual(1);
    release();
  });
});
