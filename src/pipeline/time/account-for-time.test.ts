import { describe, expect, test } from "vitest";
import { currentGraph } from "../graph.ts";
import { accountForTime, type TimeAccount } from "./account-for-time.ts";
import type { TimedAttempt, TimedRun, TimedStep } from "./timed-run.ts";

let spans = 0;

function attempt(
  startedMs: number,
  finishedMs: number | null,
  rest: Partial<TimedAttempt> = {},
): TimedAttempt {
  spans += 1;
  return {
    spanId: `span${spans}`,
    round: 1,
    outcome: finishedMs === null ? "running" : "succeeded",
    errorCode: null,
    waitedSinceMs: startedMs,
    waitedFor: "queue",
    retryAtMs: null,
    startedMs,
    finishedMs,
    ...rest,
  };
}

function step(name: string, attempts: readonly TimedAttempt[], rest: Partial<TimedStep> = {}): TimedStep {
  return {
    id: `${name}.${rest.shard ?? 0}`,
    name,
    shard: 0,
    round: 1,
    state: attempts.at(-1)?.finishedMs == null ? "waiting" : "succeeded",
    flowKey: "project.default",
    heldReason: null,
    queuedMs: attempts.at(-1)?.waitedSinceMs ?? null,
    finishedMs: attempts.at(-1)?.finishedMs ?? null,
    attempts,
    holds: [],
    ...rest,
  };
}

function account(endMs: number, steps: readonly TimedStep[], rest: Partial<TimedRun> = {}): TimeAccount {
  return accountForTime({ startMs: 0, acceptedMs: null, endMs, graph: currentGraph.steps, steps, ...rest });
}

const asText = ({ intervals }: TimeAccount) =>
  intervals.map(({ kind, step: name, reason, startMs, endMs }) =>
    [`${startMs}-${endMs}`, kind, name, reason].filter((part) => part !== null).join(" "),
  );

describe("every instant of a run goes to one thing", () => {
  test("the upload, the queue and the work of its steps", () => {
    const seen = account(100, [
      step("inspect", [attempt(30, 50, { waitedSinceMs: 20 })]),
      step("extract", [attempt(50, 100)]),
    ]);
    expect(asText(seen)).toEqual([
      "0-20 work upload",
      "20-30 queue inspect",
      "30-50 work inspect",
      "50-100 work extract",
    ]);
    expect(seen.wallMs).toBe(100);
  });

  test("a backoff lasts until the retry is due; after that the step is in the queue", () => {
    const failed = attempt(0, 10, { outcome: "retry", errorCode: "provider_unavailable", retryAtMs: 40 });
    const seen = account(70, [
      step("embed", [failed, attempt(50, 70, { waitedSinceMs: 10, waitedFor: "backoff" })]),
    ]);
    expect(asText(seen)).toEqual([
      "0-10 work embed",
      "10-40 backoff embed provider_unavailable",
      "40-50 queue embed",
      "50-70 work embed",
    ]);
  });

  test("a hold lasts until it is released, and names its reason", () => {
    const held = attempt(0, 10, { outcome: "held", errorCode: "provider_out_of_credit" });
    const seen = account(100, [step("embed", [held, attempt(85, 100, { waitedSinceMs: 80 })])]);
    expect(asText(seen)).toEqual([
      "0-10 work embed",
      "10-80 held embed provider_out_of_credit",
      "80-85 queue embed",
      "85-100 work embed",
    ]);
  });

  test("a wait for a place in flow control names the flow key", () => {
    const waited = attempt(60, 100, { waitedSinceMs: 0, waitedFor: "flow-control" });
    expect(asText(account(100, [step("embed", [waited], { flowKey: "provider.gateway" })]))).toEqual([
      "0-60 flow-control embed provider.gateway",
      "60-100 work embed",
    ]);
  });

  test("a worker that died worked until its lease was taken back", () => {
    const lost = attempt(0, 60, { outcome: "lost", errorCode: "lease_lost" });
    expect(asText(account(100, [step("chunk", [lost, attempt(65, 100, { waitedSinceMs: 60 })])]))).toEqual([
      "0-60 work chunk lost",
      "60-65 queue chunk",
      "65-100 work chunk",
    ]);
  });

  test("of steps that work at once the critical path comes first, then the earliest step", () => {
    const seen = account(100, [
      step("inspect", [attempt(0, 10)]),
      step("extract", [attempt(10, 30)]),
      step("extract", [attempt(12, 60)], { shard: 1 }),
      step("chunk", [attempt(60, 70)]),
      step("embed", [attempt(70, 75)]),
      step("index", [attempt(75, 100)]),
      step("embed", [attempt(70, 80)], { shard: 1 }),
      step("index", [attempt(80, 85)], { shard: 1 }),
    ]);
    expect(seen.criticalPath.map(({ stepId }) => stepId)).toEqual([
      "inspect.0",
      "extract.1",
      "chunk.0",
      "embed.0",
      "index.0",
    ]);
    expect(asText(seen)).toEqual([
      "0-10 work inspect",
      "10-60 work extract",
      "60-70 work chunk",
      "70-75 work embed",
      "75-100 work index",
    ]);
  });

  test("a retry that all the rest waits for is on the critical path once", () => {
    const seen = account(90, [
      step("inspect", [
        attempt(0, 10, { outcome: "retry", retryAtMs: 20 }),
        attempt(20, 30, { waitedSinceMs: 10 }),
      ]),
      step("extract", [attempt(30, 90)]),
    ]);
    expect(seen.criticalPath.map(({ name, spanIds }) => [name, spanIds.length])).toEqual([
      ["inspect", 2],
      ["extract", 1],
    ]);
  });

  test("what no row explains is said to be unexplained, and so is the time before old rows", () => {
    const seen = account(100, [
      step("inspect", [attempt(0, 10)]),
      step("extract", [attempt(40, 100, { waitedSinceMs: null, waitedFor: null })]),
    ]);
    expect(asText(seen)).toEqual(["0-10 work inspect", "10-40 unexplained", "40-100 work extract"]);
  });

  test("the time between two rounds of a run is a wait for somebody to requeue it", () => {
    const failed = attempt(0, 10, { outcome: "failed", errorCode: "document_corrupt" });
    expect(
      asText(account(100, [step("extract", [failed, attempt(95, 100, { waitedSinceMs: 90, round: 2 })])])),
    ).toEqual(["0-10 work extract", "10-90 held requeue", "90-95 queue extract", "95-100 work extract"]);
  });
});

test("a first round that never came to an attempt is not taken for upload", () => {
  const steps = [step("inspect", [attempt(95, 100, { waitedSinceMs: 90, round: 2 })], { round: 2 })];
  expect(asText(account(100, steps, { acceptedMs: 20 }))).toEqual([
    "0-20 work upload",
    "20-90 held requeue",
    "90-95 queue inspect",
    "95-100 work inspect",
  ]);
});

describe("a run that is on its way is accounted for up to now", () => {
  test("while an attempt runs", () => {
    expect(asText(account(50, [step("inspect", [attempt(5, null)], { state: "running" })]))).toEqual([
      "0-5 work upload",
      "5-50 work inspect",
    ]);
  });

  test("while a step waits out a backoff, or is overdue", () => {
    const failed = attempt(0, 10, { outcome: "retry", errorCode: "step_timeout", retryAtMs: 40 });
    const waiting = step("inspect", [failed], { state: "queued", queuedMs: 10, finishedMs: null });
    expect(asText(account(30, [waiting]))).toEqual([
      "0-10 work inspect",
      "10-30 backoff inspect step_timeout",
    ]);
    expect(asText(account(60, [waiting])).slice(2)).toEqual(["40-60 queue inspect"]);
  });

  test("while a step is held, before or after its first attempt", () => {
    const held = { state: "held", heldReason: "budget_reached", finishedMs: null };
    expect(asText(account(60, [step("inspect", [], { ...held, queuedMs: 0 })]))).toEqual([
      "0-60 held inspect budget_reached",
    ]);
    const first = attempt(0, 10, { outcome: "held", errorCode: "budget_reached" });
    expect(asText(account(60, [step("inspect", [first], { ...held, queuedMs: 10 })]))).toEqual([
      "0-10 work inspect",
      "10-60 held inspect budget_reached",
    ]);
  });

  test("while a step waits for a breaker, and for the delivery that found it open", () => {
    const goneOn = step("embed", [attempt(80, 90, { waitedSinceMs: 70 })], {
      holds: [{ reason: "breaker_open", queuedMs: 0, fromMs: 10, toMs: 70 }],
    });
    expect(asText(account(90, [goneOn], { acceptedMs: 0 }))).toEqual([
      "0-10 queue embed",
      "10-70 held embed breaker_open",
      "70-80 queue embed",
      "80-90 work embed",
    ]);
  });

  test("while a step waits for money, also between two attempts", () => {
    const waiting = step("inspect", [], {
      ...{ state: "held", heldReason: "budget_exhausted" },
      queuedMs: 5,
      finishedMs: null,
      holds: [{ reason: "budget_exhausted", queuedMs: null, fromMs: 5, toMs: null }],
    });
    expect(asText(account(60, [waiting], { acceptedMs: 5 }))).toEqual([
      "0-5 work upload",
      "5-60 held inspect budget_exhausted",
    ]);
    const failed = attempt(0, 10, { outcome: "retry", errorCode: "step_timeout", retryAtMs: 20 });
    const goneOn = step("inspect", [failed, attempt(80, 90, { waitedSinceMs: 70 })], {
      holds: [{ reason: "budget_exhausted", queuedMs: null, fromMs: 10, toMs: 70 }],
    });
    expect(asText(account(90, [goneOn]))).toEqual([
      "0-10 work inspect",
      "10-20 backoff inspect step_timeout",
      "20-70 held inspect budget_exhausted",
      "70-80 queue inspect",
      "80-90 work inspect",
    ]);
  });

  test("while a step that failed waits to be begun again", () => {
    const failed = attempt(0, 10, { outcome: "failed", errorCode: "document_corrupt" });
    const again = step("extract", [failed], { state: "queued", round: 2, queuedMs: 50, finishedMs: null });
    expect(asText(account(60, [again]))).toEqual([
      "0-10 work extract",
      "10-50 held requeue",
      "50-60 queue extract",
    ]);
  });
});

test("a step that QStash gave up was in the queue until then", () => {
  const given = step("inspect", [], { state: "failed", queuedMs: 0, finishedMs: 80 });
  expect(asText(account(80, [given]))).toEqual(["0-80 queue inspect"]);
});

test("a held step that was cancelled was held until then", () => {
  const held = attempt(0, 10, { outcome: "held", errorCode: "provider_out_of_credit" });
  const steps = [
    step("embed", [held], { state: "cancelled", queuedMs: 10, finishedMs: 60 }),
    step("embed", [attempt(50, 60, { outcome: "failed", waitedSinceMs: 50 })], { shard: 1, state: "failed" }),
  ];
  expect(asText(account(60, steps))).toEqual([
    "0-10 work embed",
    "10-50 held embed provider_out_of_credit",
    "50-60 work embed",
  ]);
});

test("a round that its clock puts before the end of the one before hides no other wait", () => {
  const steps = [
    step("inspect", [], { round: 3, queuedMs: 30 }),
    step("extract", [attempt(40, 60, { round: 2, waitedSinceMs: null })]),
  ];
  expect(asText(account(60, steps, { acceptedMs: 10 }))).toEqual([
    "0-10 work upload",
    "10-40 held requeue",
    "40-60 work extract",
  ]);
});

test("parts sum up intervals of the same kind, step and reason, and name the longest attempts", () => {
  const shards = [0, 1, 2].map((shard) => step("extract", [attempt(shard * 10, 40 + shard * 10)], { shard }));
  const { parts } = account(60, shards);
  expect(parts).toEqual([
    {
      kind: "work",
      step: "extract",
      reason: null,
      ms: 60,
      spanIds: shards.map(({ attempts }) => attempts[0]?.spanId),
    },
  ]);
});
