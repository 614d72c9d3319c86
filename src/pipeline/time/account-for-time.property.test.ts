import fc from "fast-check";
import { expect, test } from "vitest";
import { currentGraph, stepNames } from "../graph.ts";
import { accountForTime } from "./account-for-time.ts";
import { runStretches } from "./run-stretches.ts";
import type { TimedAttempt, TimedRun, TimedStep } from "./timed-run.ts";

const order: readonly string[] = stepNames;
const moment = fc.integer({ min: -50, max: 1_050 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

/** Attempts as clocks that disagree could have left them: in any order, overlapping, before or after the run. */
const attempts: fc.Arbitrary<TimedAttempt[]> = fc.array(
  fc.record({
    spanId: fc.uuid(),
    round: fc.integer({ min: 1, max: 3 }),
    outcome: fc.constantFrom("running", "succeeded", "retry", "failed", "held", "lost"),
    errorCode: orNull(fc.constantFrom("a", "b")),
    waitedSinceMs: orNull(moment),
    waitedFor: orNull(fc.constantFrom("queue", "backoff", "flow-control")),
    retryAtMs: orNull(moment),
    startedMs: moment,
    finishedMs: orNull(moment),
  }),
  { maxLength: 4 },
);

const steps: fc.Arbitrary<TimedStep[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    name: fc.constantFrom(...stepNames),
    shard: fc.nat({ max: 3 }),
    round: fc.integer({ min: 1, max: 3 }),
    state: fc.constantFrom("waiting", "queued", "running", "succeeded", "failed", "held", "cancelled"),
    flowKey: fc.constant("key"),
    heldReason: orNull(fc.constant("a")),
    queuedMs: orNull(moment),
    finishedMs: orNull(moment),
    attempts,
    holds: fc.array(
      fc.record({
        reason: fc.constantFrom("budget_exhausted", "breaker_open"),
        queuedMs: orNull(moment),
        fromMs: moment,
        toMs: orNull(moment),
      }),
      { maxLength: 2 },
    ),
  }),
  { selector: (step) => `${step.name}.${step.shard}`, maxLength: 10 },
);

const runs: fc.Arbitrary<TimedRun> = fc.record({
  startMs: fc.constant(0),
  acceptedMs: orNull(moment),
  endMs: fc.integer({ min: 0, max: 1_000 }),
  graph: fc.constant(currentGraph.steps),
  steps,
});

test("the parts of any run add up to its wall time exactly, and so do its intervals, without gap or overlap", () => {
  fc.assert(
    fc.property(runs, (run) => {
      const account = accountForTime(run);
      expect(account.wallMs).toBe(run.endMs - run.startMs);
      expect(account.parts.reduce((sum, part) => sum + part.ms, 0)).toBe(account.wallMs);
      let at = run.startMs;
      for (const interval of account.intervals) {
        expect(interval.startMs).toBe(at);
        expect(interval.endMs).toBeGreaterThan(at);
        at = interval.endMs;
      }
      expect(at).toBe(run.endMs);
    }),
    { numRuns: 500 },
  );
});

test("an instant is unexplained exactly when nothing was done or waited for, and work is never hidden by a wait", () => {
  fc.assert(
    fc.property(runs, fc.nat({ max: 999 }), (run, instant) => {
      fc.pre(instant < run.endMs);
      const going = runStretches(run).filter(({ fromMs, toMs }) => fromMs <= instant && instant < toMs);
      const said = accountForTime(run).intervals.find(
        ({ startMs, endMs }) => startMs <= instant && instant < endMs,
      );
      expect(said?.kind === "unexplained").toBe(going.length === 0);
      expect(said?.kind === "work").toBe(going.some(({ kind }) => kind === "work"));
    }),
    { numRuns: 10_000 },
  );
});

test("every step on the critical path is one of the run's, and needs come before what needs them", () => {
  fc.assert(
    fc.property(runs, (run) => {
      const path = accountForTime(run).criticalPath;
      const places = path.map(({ name }) => order.indexOf(name));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      for (const { stepId } of path) expect(run.steps.map(({ id }) => id)).toContain(stepId);
    }),
  );
});

test("a run of twenty thousand attempts is accounted for like any other", () => {
  const shards = Array.from({ length: 10_000 }, (_, shard): TimedStep[] =>
    (["embed", "index"] as const).map((name, at) => ({
      id: `${name}.${shard}`,
      name,
      shard,
      round: 1,
      state: "succeeded",
      flowKey: "key",
      heldReason: null,
      queuedMs: 0,
      finishedMs: shard + at + 1,
      attempts: [
        {
          spanId: `${name}.${shard}`,
          round: 1,
          outcome: "succeeded",
          errorCode: null,
          waitedSinceMs: 0,
          waitedFor: "queue",
          retryAtMs: null,
          startedMs: shard + at,
          finishedMs: shard + at + 1,
        },
      ],
      holds: [],
    })),
  );
  const run = { startMs: 0, acceptedMs: 0, endMs: 10_001, graph: currentGraph.steps, steps: shards.flat() };
  const { parts } = accountForTime(run);
  expect(parts.reduce((sum, part) => sum + part.ms, 0)).toBe(10_001);
});
