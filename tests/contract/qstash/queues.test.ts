import type { Client } from "@upstash/qstash";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

/** A queue for one test, gone after it: not every plan has many. */
function ownQueue(name: string): ReturnType<Client["queue"]> {
  const queue = target.client.queue({ queueName: target.name(name) });
  onTestFinished(() => queue.delete().catch(() => undefined));
  return queue;
}

/** Answers that are held back until they are released. */
function gate(status = 200): { answer: () => Promise<{ status: number }>; release: () => void } {
  let release = () => {};
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    release: () => release(),
    answer: async () => {
      await open;
      return { status };
    },
  };
}

describe("queues", () => {
  test("a queue delivers one after the other, in the order of arrival", async () => {
    needs("destination");
    const { client, destination } = target;
    const queue = ownQueue("fifo");
    const first = gate();
    destination.answer("/fifo/0", first.answer);
    for (let n = 0; n < 5; n += 1) await queue.enqueueJSON({ url: `${destination.url}/fifo/${n}`, body: n });
    await destination.request("/fifo/0");
    expect(await queue.get()).toMatchObject({
      name: target.name("fifo"),
      parallelism: 1,
      paused: false,
      lag: 5,
    });
    await client.publish({ url: `${destination.url}/fifo-sentinel` });
    await destination.request("/fifo-sentinel");
    expect(destination.count("/fifo/1")).toBe(0);
    first.release();
    await destination.request("/fifo/4");
    const order = destination.received
      .map((request) => request.path)
      .filter((path) => path.startsWith("/fifo/"));
    expect(order).toEqual([0, 1, 2, 3, 4].map((n) => `/fifo/${n}`));
  });

  test("the next message waits for all retries and callbacks of the one before", async () => {
    needs("destination");
    const { destination } = target;
    const queue = ownQueue("patient");
    destination.answer("/patient/1", { status: 500 }, { status: 500 }, { status: 200 });
    const options = { retryDelay: "20", callback: `${destination.url}/patient/told` };
    await queue.enqueue({ url: `${destination.url}/patient/1`, retries: 2, ...options });
    await queue.enqueue({ url: `${destination.url}/patient/2` });
    await destination.request("/patient/2");
    const order = destination.received
      .map((request) => request.path)
      .filter((path) => path.startsWith("/patient/"));
    expect(order.at(-1)).toBe("/patient/2");
    expect(order.filter((path) => path === "/patient/1")).toHaveLength(3);
    expect(order.filter((path) => path === "/patient/told")).toHaveLength(3);
  });

  test("a message that is cancelled while it waits for a retry holds the next one up no more", async () => {
    needs("stand-in");
    const { client, destination } = target;
    const queue = ownQueue("called-off");
    destination.answer("/called-off/1", { status: 500 });
    const { messageId } = await queue.enqueue({
      url: `${destination.url}/called-off/1`,
      retryDelay: "3600000",
    });
    await queue.enqueue({ url: `${destination.url}/called-off/2` });
    await untilState(client, messageId, "RETRY");
    expect(await queue.get()).toMatchObject({ lag: 2 });
    await client.messages.cancel(messageId);
    await destination.request("/called-off/2");
    await expect.poll(async () => (await queue.get()).lag).toBe(0);
  });

  test("parallelism lets that many through at once and no more", async () => {
    needs("plan: queue parallelism 2", "destination");
    const { client, destination } = target;
    const queue = ownQueue("wide");
    await queue.upsert({ parallelism: 2 });
    const held = gate();
    for (const n of [1, 2, 3]) {
      destination.answer(`/wide/${n}`, held.answer);
      await queue.enqueue({ url: `${destination.url}/wide/${n}` });
    }
    await Promise.all([destination.request("/wide/1"), destination.request("/wide/2")]);
    await client.publish({ url: `${destination.url}/wide-sentinel` });
    await destination.request("/wide-sentinel");
    expect(destination.count("/wide/3")).toBe(0);
    held.release();
    await destination.request("/wide/3");
  });

  test("a paused queue accepts and does not deliver, until it is resumed", async () => {
    needs("destination");
    const { client, destination } = target;
    const queue = ownQueue("paused");
    await queue.upsert({ paused: true });
    const { messageId } = await queue.enqueue({ url: `${destination.url}/paused` });
    expect((await client.messages.get(messageId)).queueName).toBe(target.name("paused"));
    await client.publish({ url: `${destination.url}/paused-sentinel` });
    await destination.request("/paused-sentinel");
    expect(destination.count("/paused")).toBe(0);
    await queue.resume();
    await destination.request("/paused");
    await untilState(client, messageId, "DELIVERED");
    await queue.pause();
    expect((await queue.get()).paused).toBe(true);
  });

  test("a message that its flow-control key holds back holds back those behind it in the queue", async () => {
    needs("destination");
    const { client, destination } = target;
    const queue = ownQueue("controlled");
    const key = target.name("controlled");
    await client.flowControl.pause(key);
    const flowControl = { key, parallelism: 5 };
    await queue.enqueue({ url: `${destination.url}/controlled/1`, flowControl });
    await queue.enqueue({ url: `${destination.url}/controlled/2` });
    await client.publish({ url: `${destination.url}/controlled-sentinel` });
    await destination.request("/controlled-sentinel");
    expect([1, 2].map((n) => destination.count(`/controlled/${n}`))).toEqual([0, 0]);
    await client.flowControl.resume(key);
    await destination.request("/controlled/2");
    const order = destination.received
      .map((request) => request.path)
      .filter((path) => path.startsWith("/controlled/"));
    expect(order).toEqual(["/controlled/1", "/controlled/2"]);
  });

  test("a batch may name a queue for each message", async () => {
    needs("destination");
    const { client, destination } = target;
    await client.batch([{ url: `${destination.url}/batched`, queueName: target.name("from-batch") }]);
    await destination.request("/batched");
    expect((await client.queue().list()).map((queue) => queue.name)).toContain(target.name("from-batch"));
  });

  test("a deleted queue is gone with its messages; an unknown one is 404 and a bad name 400", async () => {
    const { client, destination } = target;
    const queue = ownQueue("short-lived");
    await queue.upsert({ paused: true });
    const { messageId } = await queue.enqueue({ url: `${destination.url}/short-lived` });
    await queue.delete();
    await expect(queue.get()).rejects.toMatchObject({ status: 404 });
    await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 });
    await expect(client.queue({ queueName: "no spaces" }).upsert({})).rejects.toMatchObject({ status: 400 });
  });
});
