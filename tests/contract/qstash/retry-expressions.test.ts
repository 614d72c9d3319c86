import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../target.ts";
import { patienceMs, statesOf } from "./message-states.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

test.each([
  ["90000", 90_000],
  ["90000 + 1000 * (1 + retried)", 91_000],
  ["100000 - 20000 / 2", 90_000],
  ["-5000 + 95000", 90_000],
  ["pow(300, 2)", 90_000],
  ["sqrt(90000) * 300", 90_000],
  ["abs(0 - 90000)", 90_000],
  ["exp(retried) * 90000", 90_000],
  ["floor(90000.9)", 90_000],
  ["ceil(89999.1)", 90_000],
  ["round(90000.4)", 90_000],
  ["min(90000, 100000)", 90_000],
  ["max(90000, 80000)", 90_000],
])("the retry delay %j is %d ms before the first retry", async (retryDelay, delayMs) => {
  needs("destination");
  const { client, destination } = target;
  destination.answer("/expression", { status: 500 });
  const { messageId } = await client.publish({ url: `${destination.url}/expression`, retryDelay });
  await expect.poll(() => statesOf(client, messageId), { timeout: patienceMs }).toContain("RETRY");
  const [line] = (await client.logs({ filter: { messageId, state: "RETRY" } })).logs;
  expect((line?.nextDeliveryTime ?? 0) - (line?.time ?? 0)).toBe(delayMs);
  await client.messages.cancel(messageId);
});

test.each([
  ["50s", 50_000],
  ["10m", 600_000],
  ["1d10h30m", 124_200_000],
])("the delay %s is %d ms, and so is a timeout", async (duration, durationMs) => {
  const headers = { "Upstash-Delay": duration, "Upstash-Timeout": duration };
  const sentAt = performance.now();
  const answer = await target.call("POST", "/v2/publish/https://a.test", { headers });
  const answeredInMs = performance.now() - sentAt;
  const { messageId } = await answer.json();
  const { notBefore = 0, createdAt } = await target.client.messages.get(messageId);
  // The service takes the two times one after the other while it answers, each as a whole ms.
  expect(Math.abs(notBefore - createdAt - durationMs)).toBeLessThanOrEqual(answeredInMs + 1);
  const { logs } = await target.client.logs({ messageIds: [messageId] });
  expect(logs[0]).toMatchObject({ timeout: durationMs });
  await target.client.messages.cancel(messageId);
});
