import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget({ maxInFlight: 16 });
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

async function sentinel(name: string): Promise<void> {
  const { client, destination } = target;
  await client.publish({ url: `${destination.url}/sentinel/${name}` });
  await destination.request(`/sentinel/${name}`);
}

describe("flow control", () => {
  test("no more messages of a key are under way than its parallelism, whatever their destinations", async () => {
    const { client, destination } = target;
    let now = 0;
    let most = 0;
    const slow = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return { status: 200 };
    };
    const paths = Array.from({ length: 30 }, (_, n) => `/parallel/${n}`);
    for (const path of paths) destination.answer(path, slow);
    await client.batch(
      paths.map((path) => ({
        url: `${destination.url}${path}`,
        flowControl: { key: target.name("three"), parallelism: 3 },
      })),
    );
    await Promise.all(paths.map((path) => destination.request(path)));
    expect(most).toBeLessThanOrEqual(3);
  });

  test("a key that is full holds back its own messages and nobody else's", async () => {
    const { client, destination } = target;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    destination.answer("/full/1", async () => {
      await held;
      return {};
    });
    const flowControl = { key: target.name("full"), parallelism: 1 };
    await client.publish({ url: `${destination.url}/full/1`, flowControl });
    await destination.request("/full/1");
    await client.batch(
      Array.from({ length: 50 }, (_, n) => ({
        url: `${destination.url}/full/2`,
        body: String(n),
        flowControl,
      })),
    );
    await sentinel("full");
    expect(destination.count("/full/2")).toBe(0);
    expect(await client.flowControl.get(target.name("full"))).toMatchObject({
      flowControlKey: target.name("full"),
      waitListSize: 50,
      parallelismMax: 1,
      parallelismCount: 1,
      isPaused: false,
    });
    release();
    await destination.request("/full/2", 50);
  });

  test("no more messages of a key begin in a period than its rate", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    const url = `${destination.url}/rated`;
    await client.batch(
      Array.from({ length: 5 }, () => ({
        url,
        flowControl: { key: target.name("rated"), rate: 2, period: "1m" as const },
      })),
    );
    for (const count of [2, 4]) {
      await destination.request("/rated", count);
      await sentinel(`rated-${count}`);
      expect(destination.count("/rated")).toBe(count);
      clock.advance(61_000);
    }
    await destination.request("/rated", 5);
  });

  test("a slow message does not hold up the next one of its key when the period is over", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    destination.answer("/slow-rated/1", async () => {
      await held;
      return {};
    });
    const flowControl = { key: target.name("slow"), rate: 1, period: "1m" as const };
    await client.publish({ url: `${destination.url}/slow-rated/1`, flowControl });
    await client.publish({ url: `${destination.url}/slow-rated/2`, flowControl });
    await destination.request("/slow-rated/1");
    await sentinel("slow-rated");
    expect(destination.count("/slow-rated/2")).toBe(0);
    clock.advance(61_000);
    await destination.request("/slow-rated/2");
    release();
  });

  test("resetting the rate lets the next ones go at once", async () => {
    const { client, destination } = target;
    const url = `${destination.url}/reset`;
    const flowControl = { key: target.name("reset"), rate: 1, period: "1h" as const };
    await client.batch([1, 2].map(() => ({ url, flowControl })));
    await destination.request("/reset", 1);
    await sentinel("reset");
    expect(destination.count("/reset")).toBe(1);
    expect(await client.flowControl.get(target.name("reset"))).toMatchObject({
      rateMax: 1,
      rateCount: 1,
      ratePeriod: 3600,
    });
    await client.flowControl.resetRate(target.name("reset"));
    await destination.request("/reset", 2);
  });

  test("a paused key delivers nothing until it is resumed", async () => {
    const { client, destination } = target;
    await client.flowControl.pause(target.name("held"));
    await client.publish({
      url: `${destination.url}/held`,
      flowControl: { key: target.name("held"), parallelism: 5 },
    });
    await sentinel("held");
    expect(destination.count("/held")).toBe(0);
    expect((await client.flowControl.get(target.name("held"))).isPaused).toBe(true);
    await client.flowControl.resume(target.name("held"));
    await destination.request("/held");
  });

  test("while limits are pinned those of messages are ignored; after unpinning the next message's count", async () => {
    const { client, destination } = target;
    const publish = (parallelism: number) =>
      client.publish({
        url: `${destination.url}/pinned`,
        flowControl: { key: target.name("pinned"), parallelism },
      });
    await client.flowControl.pin(target.name("pinned"), { parallelism: 7, rate: 9, period: 30 });
    await publish(2);
    expect(await client.flowControl.get(target.name("pinned"))).toMatchObject({
      ...{ parallelismMax: 7, rateMax: 9, ratePeriod: 30 },
      ...{ isPinnedParallelism: true, isPinnedRate: true },
    });
    await client.flowControl.unpin(target.name("pinned"), { parallelism: true });
    expect(await client.flowControl.get(target.name("pinned"))).toMatchObject({
      ...{ parallelismMax: 7, isPinnedParallelism: false, isPinnedRate: true },
    });
    await publish(2);
    expect(await client.flowControl.get(target.name("pinned"))).toMatchObject({
      parallelismMax: 2,
      rateMax: 9,
    });
  });

  test("keys are listed and searched; an unknown one is 404", async () => {
    const listed = await (await target.call("GET", `/v2/flowControl?search=${target.name("pinne")}`)).json();
    expect(listed.map((flow: { flowControlKey: string }) => flow.flowControlKey)).toEqual([
      target.name("pinned"),
    ]);
    await expect(target.client.flowControl.get(target.name("unknown"))).rejects.toMatchObject({
      status: 404,
    });
  });

  test("the global parallelism is never exceeded", async () => {
    needs("options");
    const { client, destination } = target;
    let now = 0;
    let most = 0;
    destination.answer("/global", async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return {};
    });
    await client.batch(Array.from({ length: 80 }, () => ({ url: `${destination.url}/global` })));
    await destination.request("/global", 80);
    expect(most).toBeLessThanOrEqual(16);
    expect((await client.flowControl.getGlobalParallelism()).parallelismMax).toBe(16);
  });
});
