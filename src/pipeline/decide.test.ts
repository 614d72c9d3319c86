import { describe, expect, it } from "vitest";
import { decide, type StepStatus } from "./decide.ts";
import { currentGraph } from "./graph.ts";

const step = (name: string, shard: number, state: string): StepStatus => ({ name, shard, state });

describe("decide", () => {
  it("starts a run with inspect alone", () => {
    expect(decide(currentGraph, [], { kind: "started" })).toEqual([
      { kind: "create", step: "inspect", shard: 0, input: {}, ready: true },
    ]);
  });

  it("fans extract out by the planned ranges and lets chunk wait for all of them", () => {
    const decisions = decide(currentGraph, [step("inspect", 0, "succeeded")], {
      kind: "step-succeeded",
      step: "inspect",
      shard: 0,
      plan: { extract: [{ firstPage: 1 }, { firstPage: 2 }] },
    });
    expect(decisions).toEqual([
      { kind: "create", step: "extract", shard: 0, input: { firstPage: 1 }, ready: true },
      { kind: "create", step: "extract", shard: 1, input: { firstPage: 2 }, ready: true },
      { kind: "create", step: "chunk", shard: 0, input: {}, ready: false },
    ]);
  });

  it("queues chunk only when the last extract has succeeded", () => {
    const event = { kind: "step-succeeded", step: "extract", shard: 0, plan: {} } as const;
    const steps = [
      step("inspect", 0, "succeeded"),
      step("extract", 0, "succeeded"),
      step("chunk", 0, "waiting"),
    ];
    expect(decide(currentGraph, [...steps, step("extract", 1, "running")], event)).toEqual([]);
    expect(decide(currentGraph, [...steps, step("extract", 1, "succeeded")], event)).toEqual([
      { kind: "queue", step: "chunk", shard: 0 },
    ]);
  });

  it("queues an index shard as soon as its own embed shard has succeeded", () => {
    const steps = [
      step("chunk", 0, "succeeded"),
      step("embed", 0, "running"),
      step("embed", 1, "succeeded"),
      step("index", 0, "waiting"),
      step("index", 1, "waiting"),
      step("finalize", 0, "waiting"),
    ];
    expect(
      decide(currentGraph, steps, { kind: "step-succeeded", step: "embed", shard: 1, plan: {} }),
    ).toEqual([{ kind: "queue", step: "index", shard: 1 }]);
  });

  it("finishes the run when finalize has succeeded, and only then", () => {
    const steps = [step("index", 0, "succeeded"), step("finalize", 0, "succeeded")];
    expect(
      decide(currentGraph, steps, { kind: "step-succeeded", step: "finalize", shard: 0, plan: {} }),
    ).toEqual([{ kind: "finish-run" }]);
  });
});
