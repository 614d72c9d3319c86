import { describe, expect, it } from "vitest";
import { sampleFile, sampleRun, sampleStep } from "../../../../tests/support/console/sample-views.ts";
import type { StepState } from "../../../pipeline/files/file-view.ts";
import { refusalOf, requeueChoices, stepsText } from "./requeue.model.ts";

const step = (name: string, state: StepState, shard = 0) => sampleStep({ name, state, shard });
const failed = sampleRun({
  status: "failed",
  steps: [
    step("inspect", "succeeded"),
    step("extract", "succeeded"),
    step("chunk", "succeeded"),
    step("embed", "failed"),
    step("embed", "succeeded", 1),
    step("index", "cancelled"),
    step("index", "succeeded", 1),
    step("finalize", "cancelled"),
  ],
});

describe("requeueChoices", () => {
  it("offers first to go on where it failed, and says what runs again and what is reused", () => {
    const [first] = requeueChoices(failed);
    expect(first).toMatchObject({ from: "failed", label: "Go on at embed" });
    expect(stepsText(first?.again ?? [])).toBe("embed, index, finalize");
    expect(stepsText(first?.reused ?? [])).toBe("inspect, extract, chunk, embed, index");
  });

  it("offers the steps that the run has reached and no others", () => {
    expect(requeueChoices(failed).map(({ from }) => from)).toEqual([
      "failed",
      "start",
      "inspect",
      "extract",
      "chunk",
      "embed",
    ]);
  });

  it("counts everything after a named step, all of its shards included", () => {
    const choice = requeueChoices(failed).find(({ from }) => from === "embed");
    expect(stepsText(choice?.again ?? [])).toBe("2 × embed, 2 × index, finalize");
    expect(stepsText(choice?.reused ?? [])).toBe("inspect, extract, chunk");
  });

  it("has nothing to go on with when nothing failed", () => {
    const run = sampleRun({ steps: [step("inspect", "succeeded")] });
    expect(requeueChoices(run).map(({ from }) => from)).toEqual(["start", "inspect"]);
  });
});

describe("refusalOf", () => {
  it.each([
    ["queued", /when the run has ended/],
    ["running", /when the run has ended/],
    ["held", /goes on by itself/],
  ] as const)("says why a file that is %s cannot be requeued", (status, sentence) => {
    expect(refusalOf(sampleFile({ status }), sampleRun({ status }))).toMatch(sentence);
  });

  it("waits for a worker that is still at work in a failed run", () => {
    const run = sampleRun({
      status: "failed",
      steps: [step("embed", "failed"), step("embed", "running", 1)],
    });
    expect(refusalOf(sampleFile({ status: "failed" }), run)).toMatch(/still at embed/);
    expect(refusalOf(sampleFile({ status: "failed" }), failed)).toBeNull();
  });
});
