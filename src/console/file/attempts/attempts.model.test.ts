import { expect, it } from "vitest";
import { sampleAttempt, sampleRun, sampleStep } from "../../../../tests/support/console/sample-views.ts";
import { attemptRows } from "./attempts.model.ts";

const now = new Date("2026-03-01T12:00:10.000Z");
const run = sampleRun({
  steps: [
    sampleStep({ name: "inspect", attempts: [sampleAttempt({ id: "a" })] }),
    sampleStep({
      name: "extract",
      attempts: [
        sampleAttempt({ id: "b", startedAt: "2026-03-01T12:00:01.000Z", outcome: "retry" }),
        sampleAttempt({
          id: "d",
          number: 2,
          startedAt: "2026-03-01T12:00:08.000Z",
          finishedAt: null,
          outcome: "running",
        }),
      ],
    }),
    sampleStep({
      name: "extract",
      shard: 1,
      attempts: [sampleAttempt({ id: "c", startedAt: "2026-03-01T12:00:02.000Z" })],
    }),
  ],
});

it("puts the newest attempt first, whichever step it belongs to", () => {
  expect(attemptRows(run, null, now).map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
});

it("keeps to one step when asked", () => {
  expect(attemptRows(run, "extract", now).map(({ id }) => id)).toEqual(["d", "c", "b"]);
});

it("names the shard only where there are several", () => {
  expect(attemptRows(run, null, now).map(({ shard }) => shard)).toEqual([0, 1, 0, null]);
});

it("lets the duration of a running attempt grow", () => {
  expect(attemptRows(run, null, now)[0]?.durationMs).toBe(2_000);
});
