import { describe, expect, it } from "vitest";
import { currentGraph } from "../pipeline/graph.ts";
import { planRequeue, type RequeueStep } from "./plan-requeue.ts";

/** Steps as `name[shard]` → state. */
function stepsOf(states: Record<string, string>): RequeueStep[] {
  return Object.entries(states).map(([id, state]) => {
    const [name = "", shard = "0"] = id.split(/[[\]]/);
    return { id, name, shard: Number(shard), state };
  });
}

const done = { "inspect[0]": "succeeded", "extract[0]": "succeeded", "extract[1]": "succeeded" };
const failedAtEmbed = stepsOf({
  ...done,
  "chunk[0]": "succeeded",
  "embed[0]": "succeeded",
  "embed[1]": "failed",
  "index[0]": "succeeded",
  "index[1]": "cancelled",
  "finalize[0]": "cancelled",
});
const succeeded = failedAtEmbed.map((step) => ({ ...step, state: "succeeded" }));
const plan = (steps: readonly RequeueStep[], from: string) =>
  planRequeue(
    currentGraph,
    { status: steps.some(({ state }) => state === "failed") ? "failed" : "succeeded", steps },
    from,
  );

describe("planRequeue", () => {
  it("goes on with what failed and was cancelled, and begins with what may begin", () => {
    expect(plan(failedAtEmbed, "failed")).toEqual({
      kind: "continue",
      ready: ["embed[1]", "index[1]", "finalize[0]"],
      retire: [],
      queue: ["embed[1]"],
      cause: ["embed[1]"],
    });
  });

  it("begins with every shard that failed or was cancelled, when several may begin", () => {
    const steps = stepsOf({
      "inspect[0]": "succeeded",
      "extract[0]": "failed",
      "extract[1]": "cancelled",
      "extract[2]": "succeeded",
      "chunk[0]": "cancelled",
    });
    expect(plan(steps, "failed")).toMatchObject({
      ready: ["extract[0]", "extract[1]", "chunk[0]"],
      queue: ["extract[0]", "extract[1]"],
      cause: ["extract[0]"],
    });
  });

  it("does a named step again in all its shards, with all that needs it", () => {
    expect(plan(succeeded, "embed")).toEqual({
      kind: "continue",
      ready: ["embed[0]", "embed[1]", "index[0]", "index[1]", "finalize[0]"],
      retire: [],
      queue: ["embed[0]", "embed[1]"],
      cause: ["embed[0]", "embed[1]"],
    });
  });

  it("retires what a step plans that is done again", () => {
    expect(plan(succeeded, "chunk")).toMatchObject({
      ready: ["chunk[0]"],
      retire: ["embed[0]", "embed[1]", "index[0]", "index[1]", "finalize[0]"],
      queue: ["chunk[0]"],
    });
    const anew = plan(succeeded, "inspect");
    expect(anew).toMatchObject({ ready: ["inspect[0]"], queue: ["inspect[0]"] });
    expect(anew.kind === "continue" && anew.retire).toHaveLength(succeeded.length - 1);
  });

  it("lets a last step be done again by itself", () => {
    expect(plan(succeeded, "finalize")).toMatchObject({ ready: ["finalize[0]"], queue: ["finalize[0]"] });
  });

  it("goes on with what else had failed when an earlier step is named", () => {
    expect(plan(failedAtEmbed, "extract")).toMatchObject({
      ready: ["extract[0]", "extract[1]", "chunk[0]"],
      queue: ["extract[0]", "extract[1]"],
      cause: ["embed[1]"],
    });
  });

  it("refuses to go on where nothing failed, though a step is retired for good", () => {
    expect(plan(succeeded, "failed")).toEqual({ kind: "refused", code: "nothing_failed" });
  });

  it("refuses a step that the graph does not have", () => {
    expect(plan(failedAtEmbed, "translate")).toEqual({ kind: "refused", code: "step_unknown" });
  });

  it.each(["index", "finalize"])("refuses %s while what it needs has not succeeded", (from) => {
    expect(plan(failedAtEmbed, from)).toEqual({ kind: "refused", code: "step_not_reached" });
  });

  it("refuses a step that is not planned yet", () => {
    expect(plan(stepsOf({ ...done, "chunk[0]": "failed" }), "embed")).toEqual({
      kind: "refused",
      code: "step_not_reached",
    });
  });

  it("starts anew whatever has become of the run", () => {
    expect(plan(succeeded, "start")).toEqual({ kind: "start", cause: [] });
    expect(plan(failedAtEmbed, "start")).toEqual({ kind: "start", cause: ["embed[1]"] });
  });
});
