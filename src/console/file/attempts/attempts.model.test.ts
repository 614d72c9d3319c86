import { expect, it } from "vitest";
import {
  sampleAttempt,
  sampleFile,
  sampleRun,
  sampleStep,
} from "../../../../tests/support/console/sample-views.ts";
import { attemptName, attemptRows, chosenRows } from "./attempts.model.ts";

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

it("counts tries anew in each round, and not those that were held", () => {
  const attempts = [
    sampleAttempt({ id: "a", number: 1, outcome: "retry", startedAt: "2026-03-01T12:00:01.000Z" }),
    sampleAttempt({ id: "b", number: 2, outcome: "held", startedAt: "2026-03-01T12:00:02.000Z" }),
    sampleAttempt({ id: "c", number: 3, outcome: "failed", startedAt: "2026-03-01T12:00:03.000Z" }),
    sampleAttempt({ id: "d", number: 4, round: 2, startedAt: "2026-03-01T12:00:04.000Z" }),
  ];
  const rows = attemptRows(sampleRun({ steps: [sampleStep({ attempts })] }), null, now);
  expect(rows.map(({ id, tryNumber }) => [id, tryNumber])).toEqual([
    ["d", 1],
    ["c", 2],
    ["b", 2],
    ["a", 1],
  ]);
});

it("finds the chosen attempts in any run of the file, the older first", () => {
  const later = sampleRun({
    id: "run_2",
    number: 2,
    steps: [sampleStep({ attempts: [sampleAttempt({ id: "z", startedAt: "2026-03-01T12:01:00.000Z" })] })],
  });
  const rows = chosenRows(sampleFile({ runHistory: [later, run] }), ["z", "b", "gone"], now);
  expect(rows.map(({ id, run }) => [id, run])).toEqual([
    ["b", 1],
    ["z", 2],
  ]);
});

it("names an attempt by its step, shard and try, with the run where it is another", () => {
  const [newest, older] = attemptRows(run, null, now);
  if (newest === undefined || older === undefined) throw new TypeError("There are two attempts");
  expect(attemptName(newest)).toBe("extract 1, attempt 2");
  expect(attemptName(newest, { ...older, run: 2, round: 2 })).toBe("extract 1, attempt 2, round 1, run 1");
});
