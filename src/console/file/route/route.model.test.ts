import { expect, it } from "vitest";
import { sampleRun, sampleStep } from "../../../../tests/support/console/sample-views.ts";
import type { StepState } from "../../../pipeline/files/file-view.ts";
import { routeOf } from "./route.model.ts";

const now = new Date("2026-03-01T12:00:10.000Z");

function extractStates(...states: StepState[]) {
  const steps = states.map((state, shard) => sampleStep({ name: "extract", shard, state }));
  return routeOf(sampleRun({ steps }), [], now)[1];
}

it("shows every step of the graph in its order, also those that are not planned yet", () => {
  const route = routeOf(sampleRun({ steps: [sampleStep()] }), [], now);
  expect(route.map(({ name }) => name)).toEqual([
    "inspect",
    "extract",
    "chunk",
    "embed",
    "index",
    "finalize",
  ]);
  expect(route[3]).toMatchObject({ state: "waiting", shards: 0, durationMs: null });
});

it.each<[StepState[], StepState]>([
  [["succeeded", "succeeded"], "succeeded"],
  [["succeeded", "failed", "running"], "failed"],
  [["succeeded", "held", "running"], "held"],
  [["succeeded", "queued", "running"], "running"],
  [["succeeded", "waiting"], "running"],
  [["queued", "waiting"], "queued"],
  [["waiting", "waiting"], "waiting"],
])("folds shards that are %j into %s", (states, folded) => {
  expect(extractStates(...states)?.state).toBe(folded);
});

it("counts done shards and attempts beyond the first", () => {
  const steps = [1, 3, 0].map((attemptCount, shard) =>
    sampleStep({ name: "extract", shard, attemptCount, state: attemptCount === 0 ? "queued" : "succeeded" }),
  );
  expect(routeOf(sampleRun({ steps }), [], now)[1]).toMatchObject({ shards: 3, done: 2, retries: 2 });
});

it("measures from the first start to the last end, and up to now while a shard runs", () => {
  const first = sampleStep({ name: "extract" });
  const second = sampleStep({
    name: "extract",
    shard: 1,
    startedAt: "2026-03-01T12:00:01.000Z",
    finishedAt: "2026-03-01T12:00:03.000Z",
  });
  expect(routeOf(sampleRun({ steps: [second, first] }), [], now)[1]?.durationMs).toBe(3_000);
  const running = { ...second, state: "running" as const, finishedAt: null };
  expect(routeOf(sampleRun({ steps: [running, first] }), [], now)[1]?.durationMs).toBe(10_000);
});

it("marks what the end of the run waited for", () => {
  const path = [
    { name: "inspect", shard: 0 },
    { name: "extract", shard: 3 },
  ];
  expect(routeOf(sampleRun(), path, now).map(({ criticalShard }) => criticalShard)).toEqual([
    0,
    3,
    null,
    null,
    null,
    null,
  ]);
});
