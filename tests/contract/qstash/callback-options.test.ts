import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

/** Publishes a message whose callback of a kind has these options, and waits for the callback to be made. */
async function callBack(kind: Kind, path: string, options: Record<string, string>): Promise<string> {
  const { client, destination } = target;
  const label = target.name(path.slice(1));
  destination.answer(`/source${path}`, { status: kind === "Callback" ? 200 : 500 });
  const headers = Object.entries(options).map(([name, value]) => [`Upstash-${kind}-${name}`, value]);
  const { messageId } = await client.publish({
    ...{ url: `${destination.url}/source${path}`, retries: 0, label },
    headers: { [`Upstash-${kind}`]: `${destination.url}${path}`, ...Object.fromEntries(headers) },
  });
  await untilState(client, messageId, kind === "Callback" ? "DELIVERED" : "FAILED");
  const { logs } = await client.logs({ filter: { url: `${destination.url}${path}`, state: "CREATED" } });
  return logs[0]?.messageId ?? "";
}

const kinds = ["Callback", "Failure-Callback"] as const;
type Kind = (typeof kinds)[number];

describe.each(kinds)("the options of a %s", (kind) => {
  test("its method and its own headers", async () => {
    const path = `/headers/${kind}`;
    await callBack(kind, path, {
      Method: "PATCH",
      "Forward-x-back": "hither",
      "Forward-Content-Type": "a/b",
    });
    const { method, headers } = await target.destination.request(path);
    expect(method).toBe("PATCH");
    expect(headers.get("x-back")).toBe("hither");
    expect(headers.get("content-type")).toBe("a/b");
    expect(headers.get("upstash-signature")).toMatch(/^ey/);
  });

  test("its delay", async () => {
    const messageId = await callBack(kind, `/delay/${kind}`, { Delay: "1h" });
    const { notBefore = 0, createdAt } = await target.client.messages.get(messageId);
    expect(notBefore - createdAt).toBe(3_600_000);
    expect(target.destination.count(`/delay/${kind}`)).toBe(0);
    await target.client.messages.cancel(messageId);
  });

  test("its retries and the delay between them", async () => {
    const path = `/retries/${kind}`;
    target.destination.answer(path, { status: 500 });
    const messageId = await callBack(kind, path, { Retries: "2", "Retry-Delay": "1 + retried" });
    await untilState(target.client, messageId, "FAILED");
    expect(target.destination.count(path)).toBe(3);
    const { logs } = await target.client.logs({ filter: { messageId, state: "RETRY" } });
    const delays = logs.map((entry) => (entry.nextDeliveryTime ?? 0) - entry.time).reverse();
    expect(delays).toEqual([1, 2]);
  });

  test("its retries are those of the message unless it has its own", async () => {
    const path = `/default/${kind}`;
    target.destination.answer(path, { status: 500 });
    await untilState(target.client, await callBack(kind, path, {}), "FAILED");
    expect(target.destination.count(path)).toBe(1);
  });

  test("its timeout", async () => {
    const path = `/timeout/${kind}`;
    const messageId = await callBack(kind, path, { Timeout: "7s" });
    const { logs } = await target.client.logs({ filter: { messageId } });
    expect(logs[0]).toMatchObject({ timeout: 7000 });
    await target.destination.request(path);
  });
});

test("a callback bears the labels of its message and calls no callback of its own", async () => {
  const { client, destination } = target;
  const label = target.name("labelled");
  await client.publish({ url: `${destination.url}/labelled`, callback: `${destination.url}/once`, label });
  await destination.request("/once");
  await client.publish({ url: `${destination.url}/sentinel` });
  await destination.request("/sentinel");
  expect(destination.count("/once")).toBe(1);
  const { logs } = await client.logs({ filter: { label, state: "CREATED" } });
  expect(logs.map((entry) => entry.url)).toContain(`${destination.url}/once`);
});
