import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { patienceMs, statesOf, untilState } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

/** How long the log says that the next attempt is away, in ms. */
async function nextDelayMs(messageId: string): Promise<number> {
  const { logs } = await target.client.logs({ messageIds: [messageId] });
  const retry = logs.find((entry) => entry.state === "RETRY");
  return (retry?.nextDeliveryTime ?? 0) - (retry?.time ?? 0);
}

/** Waits until the log tells of a retry, also of one that is over already: some delays are very short. */
async function untilRetried(messageId: string): Promise<void> {
  await expect.poll(() => statesOf(target.client, messageId), { timeout: patienceMs }).toContain("RETRY");
}

describe("retries", () => {
  test("a failed attempt is repeated after the documented backoff, and Upstash-Retried counts up", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    destination.answer("/flaky", { status: 500 }, { status: 503 }, { status: 200 });
    const { messageId } = await client.publish({ url: `${destination.url}/flaky`, body: "again" });
    for (const [retry, delaySec] of [12, 148].entries()) {
      await untilState(client, messageId, "RETRY", retry + 1);
      expect(Math.floor((await nextDelayMs(messageId)) / 1000)).toBe(delaySec);
      clock.advance(delaySec * 1000 + 1000);
      const attempt = await destination.request("/flaky", retry + 2);
      expect(attempt.headers.get("upstash-retried")).toBe(String(retry + 1));
      expect(attempt.body).toBe("again");
    }
    await untilState(client, messageId, "DELIVERED");
    expect(await statesOf(client, messageId)).toEqual([
      ...["CREATED", "ACTIVE", "ERROR", "RETRY", "ACTIVE", "ERROR", "RETRY", "ACTIVE", "DELIVERED"],
    ]);
  });

  test("after the last retry the message has failed, with 1 + retries attempts", async () => {
    const { client, destination } = target;
    destination.answer("/hopeless", { status: 500 });
    const url = `${destination.url}/hopeless`;
    const { messageId } = await client.publish({ url, retries: 2, retryDelay: "1 + retried" });
    await untilState(client, messageId, "FAILED");
    expect(destination.count("/hopeless")).toBe(3);
  });

  test("the message's own expression gives the delay in ms", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    destination.answer("/expression", { status: 500 });
    const { messageId } = await client.publish({
      url: `${destination.url}/expression`,
      retryDelay: "min(9000000, 200000 * pow(4, retried))",
    });
    expect((await client.messages.get(messageId)).retryDelayExpression).toBe(
      "min(9000000, 200000 * pow(4, retried))",
    );
    for (const [retry, delayMs] of [200_000, 800_000, 3_200_000].entries()) {
      await untilState(client, messageId, "RETRY", retry + 1);
      expect(await nextDelayMs(messageId)).toBe(delayMs);
      clock.advance(delayMs);
    }
    await untilState(client, messageId, "FAILED");
  });

  test.each([
    ["Retry-After in seconds", { "Retry-After": "77" }, 77_000],
    ["a rate limit's reset as a Go duration", { "X-RateLimit-Reset": "6m5s" }, 365_000],
    ["a reset of tokens in ms", { "X-RateLimit-Reset-Tokens": "250ms" }, 250],
    ["more than a day, which falls back to the default", { "Retry-After": "100000" }, 12_000],
  ])("a destination may ask for the delay: %s", async (name, headers, delayMs) => {
    const { client, destination } = target;
    const path = `/asks/${encodeURIComponent(name)}`;
    destination.answer(path, { status: 429, headers });
    const { messageId } = await client.publish({ url: `${destination.url}${path}`, retryDelay: "5" });
    await untilRetried(messageId);
    const waitMs = await nextDelayMs(messageId);
    expect(waitMs).toBeGreaterThanOrEqual(delayMs);
    expect(waitMs).toBeLessThan(delayMs + 1000);
  });

  test("Retry-After as a date is waited for", async () => {
    const { client, destination, clock } = target;
    const at = new Date(Math.ceil(clock.now().getTime() / 1000) * 1000 + 50_000);
    destination.answer("/dated", { status: 503, headers: { "Retry-After": at.toUTCString() } });
    const { messageId } = await client.publish({ url: `${destination.url}/dated` });
    await untilState(client, messageId, "RETRY");
    const { logs } = await client.logs({ messageIds: [messageId] });
    expect(logs[0]?.nextDeliveryTime).toBe(at.getTime());
  });

  test("489 with Upstash-NonRetryable-Error fails at once; 489 alone is retried", async () => {
    const { client, destination } = target;
    destination.answer("/final", { status: 489, headers: { "Upstash-NonRetryable-Error": "true" } });
    destination.answer("/not-final", { status: 489 });
    const final = await client.publish({ url: `${destination.url}/final` });
    const other = await client.publish({ url: `${destination.url}/not-final` });
    await untilState(client, final.messageId, "FAILED");
    await untilState(client, other.messageId, "RETRY");
    expect(destination.count("/final")).toBe(1);
  });

  test("a destination that cannot be reached is an error", async () => {
    needs("stand-in");
    const { client } = target;
    const { messageId } = await client.publish({ url: "http://127.0.0.1:9/", retries: 0 });
    await untilState(client, messageId, "FAILED");
    const { logs } = await client.logs({ messageIds: [messageId] });
    expect(logs.find((entry) => entry.state === "ERROR")?.error).toMatch(/ECONNREFUSED|connect|bad port/);
  });

  test("a redirect is an error and is not followed", async () => {
    const { client, destination } = target;
    destination.answer("/moved", { status: 307, headers: { Location: `${destination.url}/elsewhere` } });
    const { messageId } = await client.publish({ url: `${destination.url}/moved`, retries: 0 });
    await untilState(client, messageId, "FAILED");
    expect(destination.count("/elsewhere")).toBe(0);
  });

  test("a destination that is slower than the message's timeout has failed", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    destination.answer("/slow", async () => {
      await held;
      return { status: 200 };
    });
    const { messageId } = await client.publish({ url: `${destination.url}/slow`, timeout: 30, retries: 0 });
    await destination.request("/slow");
    clock.advance(31_000);
    await untilState(client, messageId, "FAILED");
    release();
    const { logs } = await client.logs({ messageIds: [messageId] });
    expect(logs.find((entry) => entry.state === "ERROR")?.error).toMatch(/time/i);
  });
});
