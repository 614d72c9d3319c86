import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { needs } from "../target.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

/** A few more than the greatest page. */
const total = 104;
const listed = async (path: string): Promise<{ length: number; more: boolean }> => {
  const answer = await (await target.call("GET", path)).json();
  const rows: unknown[] = answer.messages ?? answer.events ?? answer.logs;
  return { length: rows.length, more: answer.cursor !== undefined };
};

async function publish(path: string, label: string, delay: string): Promise<void> {
  const message = { destination: `${target.destination.url}${path}`, body: "x" };
  const headers = { "Upstash-Label": label, "Upstash-Retries": "0", "Upstash-Delay": delay };
  const body = JSON.stringify(Array.from({ length: total }, () => ({ ...message, headers })));
  await target.call("POST", "/v2/batch", { body });
}

test("a page of dead letters has a hundred, unless fewer are asked for, and never more", async () => {
  const label = target.name("letters");
  target.destination.answer("/letters", { status: 500 });
  await publish("/letters", label, "0s");
  await target.destination.request("/letters", total);
  const failed = () => listed(`/v2/events?label=${label}&state=FAILED&count=1000`);
  await expect.poll(failed, { timeout: 15_000 }).toEqual({ length: total, more: false });
  expect(await listed(`/v2/dlq?label=${label}`)).toEqual({ length: 100, more: true });
  expect(await listed(`/v2/dlq?label=${label}&count=3`)).toEqual({ length: 3, more: true });
  expect(await listed(`/v2/dlq?label=${label}&count=1000`)).toEqual({ length: 100, more: true });
  const filter = { label };
  const { responses, cursor } = await target.client.dlq.retry({ filter, count: 1000 });
  expect([responses.length, cursor]).toEqual([100, expect.any(String)]);
  await expect.poll(failed, { timeout: 15_000 }).toEqual({ length: total + 100, more: false });
  expect(await target.client.dlq.delete({ filter, count: 1000 })).toEqual({
    ...{ deleted: 100, cursor: expect.any(String) },
  });
  expect(await target.client.dlq.delete({ filter })).toEqual({ deleted: 4 });
});

test("a page of the log has a hundred lines, and up to a thousand on request", async () => {
  const label = target.name("lines");
  await publish("/lines", label, "1h");
  for (const list of ["events", "logs"]) {
    expect(await listed(`/v2/${list}?label=${label}`)).toEqual({ length: 100, more: true });
    expect(await listed(`/v2/${list}?label=${label}&count=1000`)).toEqual({ length: total, more: false });
  }
  expect(await target.client.messages.cancel({ filter: { label } })).toEqual({ cancelled: total });
});
