import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StandIn, startStandIn, untilState } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

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
    const { client, destination } = standIn;
    const queue = client.queue({ queueName: "fifo" });
    const first = gate();
    destination.answer("/fifo/0", first.answer);
    for (let n = 0; n < 5; n += 1) await queue.enqueueJSON({ url: `${destination.url}/fifo/${n}`, body: n });
    await destination.request("/fifo/0");
    expect(await queue.get()).toMatchObject({ name: "fifo", parallelism: 1, paused: false, lag: 5 });
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
    const { client, destination } = standIn;
    const queue = client.queue({ queueName: "patient" });
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

  test("parallelism lets that many through at once and no more", async () => {
    const { client, destination } = standIn;
    const queue = client.queue({ queueName: "wide" });
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
    const { client, destination } = standIn;
    const queue = client.queue({ queueName: "paused" });
    await queue.upsert({ paused: true });
    const { messageId } = await queue.enqueue({ url: `${destination.url}/paused` });
    expect((await client.messages.get(messageId)).queueName).toBe("paused");
    await client.publish({ url: `${destination.url}/paused-sentinel` });
    await destination.request("/paused-sentinel");
    expect(destination.count("/paused")).toBe(0);
    await queue.resume();
    await destination.request("/paused");
    await untilState(client, messageId, "DELIVERED");
    await queue.pause();
    expect((await queue.get()).paused).toBe(true);
  });

  test("a batch may name a queue for each message", async () => {
    const { client, destination } = standIn;
    await client.batch([{ url: `${destination.url}/batched`, queueName: "from-batch" }]);
    await destination.request("/batched");
    expect((await client.queue().list()).map((queue) => queue.name)).toContain("from-batch");
  });

  test("a deleted queue is gone with its messages; an unknown one is 404 and a bad name 400", async () => {
    const { client, destination } = standIn;
    const queue = client.queue({ queueName: "short-lived" });
    await queue.upsert({ paused: true });
    const { messageId } = await queue.enqueue({ url: `${destination.url}/short-lived` });
    await queue.delete();
    await expect(queue.get()).rejects.toMatchObject({ status: 404 });
    await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 });
    await expect(client.queue({ queueName: "no spaces" }).upsert({})).rejects.toMatchObject({ status: 400 });
  });
});
