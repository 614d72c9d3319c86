import { expect, test } from "vitest";
import { sampleAttempt, sampleRun, sampleStep } from "../../../../../tests/support/console/sample-views.ts";
import { openSpans, unrecordedAttempts } from "./open-spans.model.ts";

const run = (steps: ReturnType<typeof sampleStep>[]) =>
  sampleRun({ finishedAt: null, status: "running", steps });

test("an attempt that is under way is open work with the id that its span will have", () => {
  const attempt = sampleAttempt({ spanId: "feed", finishedAt: null, number: 2 });
  const [span] = openSpans(
    run([sampleStep({ name: "embed", shard: 3, state: "running", attempts: [attempt] })]),
  );
  expect(span).toMatchObject({
    spanId: "feed",
    name: "process embed",
    shard: 3,
    attempt: 2,
    waitReason: null,
  });
});

test("a step says what it waits for: the queue, its next attempt, or the end of a hold", () => {
  const tried = [sampleAttempt({ outcome: "retry" })];
  const next = "2026-03-01T12:01:00.000Z";
  const spans = openSpans(
    run([
      sampleStep({ name: "inspect", state: "queued" }),
      sampleStep({ name: "embed", state: "queued", attempts: tried, nextAttemptAt: next }),
      sampleStep({ name: "index", state: "held", heldReason: "budget_exhausted", attempts: tried }),
    ]),
  );
  expect(spans.map(({ name, waitReason }) => [name, waitReason])).toEqual([
    ["wait in queue", "queue"],
    ["wait for next attempt", "backoff"],
    ["wait while held", "budget_exhausted"],
  ]);
});

test("nothing is open in a run that has ended, nor of a step that is done, waits for others or is retired", () => {
  const queued = sampleStep({ state: "queued" });
  expect(openSpans(sampleRun({ steps: [queued] }))).toEqual([]);
  expect(
    openSpans(
      run([
        sampleStep({ state: "succeeded", attempts: [sampleAttempt()] }),
        sampleStep({ state: "waiting", queuedAt: null }),
        { ...queued, retired: true },
      ]),
    ),
  ).toEqual([]);
});

test("an attempt that has ended stays on the page until its span has come", () => {
  const attempts = [
    sampleAttempt({ spanId: "a", number: 1, outcome: "retry", errorCode: "provider_unavailable" }),
    sampleAttempt({ spanId: "b", number: 2, outcome: "lost", errorCode: "lease_lost" }),
    sampleAttempt({ spanId: "c", number: 3 }),
    sampleAttempt({ spanId: "d", number: 4, outcome: "running", finishedAt: null }),
  ];
  const under = run([sampleStep({ name: "embed", attempts })]);
  const told = unrecordedAttempts(under, new Set(["c"]));
  expect(told.map(({ spanId, name, status }) => [spanId, name, status])).toEqual([
    ["a", "process embed", "error"],
    ["b", "process embed (lost)", "error"],
  ]);
  expect(BigInt(told[0]?.endNs ?? 0) - BigInt(told[0]?.startNs ?? 0)).toBe(100_000_000n);
});
