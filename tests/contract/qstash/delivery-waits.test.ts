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

describe("how long a destination makes a message wait", () => {
  const names = [
    "Retry-After",
    "X-RateLimit-Reset",
    "X-RateLimit-Reset-Requests",
    "X-RateLimit-Reset-Tokens",
  ];

  test.each(names)("%s is read in its three forms, and left aside beyond a day", async (name) => {
    const { client, destination, clock } = target;
    const forms = {
      // Comes first, as it is told from the present on.
      date: [new Date(clock.now().getTime() + 600_000).toUTCString(), 600_000],
      seconds: ["77", 77_000],
      duration: ["1h6m5s", 3_965_000],
      beyond: ["25h", 12_000],
      unreadable: ["soon", 12_000],
      negative: ["-5", 12_000],
    } as const;
    for (const [form, [value, expectedMs]] of Object.entries(forms)) {
      const path = `/${name}/${form}`;
      destination.answer(path, { status: 503, headers: { [name]: value } });
      const { messageId } = await client.publish({ url: `${destination.url}${path}` });
      await untilState(client, messageId, "RETRY");
      const [retry] = (await client.logs({ filter: { messageId, state: "RETRY" } })).logs;
      const waitMs = (retry?.nextDeliveryTime ?? 0) - (retry?.time ?? 0);
      // A date has whole seconds, and time passes before it is read.
      expect([form, Math.abs(waitMs - expectedMs) < 10_000]).toEqual([form, true]);
      await client.messages.cancel(messageId);
    }
  });

  test("five failures take the documented backoff, the last of them a day each", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    destination.answer("/backoff", { status: 500 });
    const { messageId } = await client.publish({ url: `${destination.url}/backoff`, retries: 6 });
    for (const [retry, delaySec] of [12, 148, 1808, 22_026, 86_400, 86_400].entries()) {
      await untilState(client, messageId, "RETRY", retry + 1);
      const [line] = (await client.logs({ filter: { messageId, state: "RETRY" } })).logs;
      expect((line?.nextDeliveryTime ?? 0) - (line?.time ?? 0)).toBe(delaySec * 1000);
      clock.advance(delaySec * 1000);
    }
    await untilState(client, messageId, "FAILED");
    expect(destination.count("/backoff")).toBe(7);
  });

  test("every 2xx is a success, everything else is not", async () => {
    const { client, destination } = target;
    const expected = { 200: "DELIVERED", 204: "DELIVERED", 299: "DELIVERED", 304: "FAILED", 404: "FAILED" };
    for (const [status, state] of Object.entries(expected)) {
      destination.answer(`/status/${status}`, { status: Number(status) });
      const url = `${destination.url}/status/${status}`;
      const { messageId } = await client.publish({ url, retries: 0 });
      await untilState(client, messageId, state === "FAILED" ? "FAILED" : "DELIVERED");
    }
  });
});
