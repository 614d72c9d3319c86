import { describe, expect, it } from "vitest";
import { samplePlan } from "../../../tests/support/console/sample-plans.ts";
import {
  changedSentence,
  filesToGo,
  optionsSentence,
  planSentence,
  requestOf,
  sameRequest,
  selectionLink,
} from "./plan.model.ts";

describe("what a plan says", () => {
  it("names how many go on from where, how many are left out, and what it costs", () => {
    expect(planSentence(samplePlan({ selected: 2_000, included: 1_812 }))).toBe(
      "Requeue 1,812 of 2,000 files from the step that failed; 188 are left out. $0.42 to $0.61.",
    );
    expect(planSentence(samplePlan({ from: "embed" }))).toBe("Requeue 2 files from embed. $0.42 to $0.61.");
    const cost = { lowNanoUsd: "31000", highNanoUsd: "31000", unknown: [] };
    const one = { selected: 1, included: 1, cost };
    expect(planSentence(samplePlan({ ...one, from: "start", graph: "current" }))).toBe(
      "Requeue 1 file from the start on the newest graph. $0.000031.",
    );
    const early = samplePlan({ ...one, cost: { ...cost, unknown: ["embed", "index", "finalize"] } });
    expect(planSentence(early)).toMatch(/\. \$0\.000031 without embed, index, and finalize\.$/);
  });

  it("says of an empty plan that nothing is found, or that all is left out", () => {
    expect(planSentence(samplePlan({ selected: 0, included: 0 }))).toMatch(/has found no file/);
    expect(planSentence(samplePlan({ selected: 12, included: 0 }))).toMatch(/all 12 files are left out/);
    expect(planSentence(samplePlan({ selected: 1, included: 0 }))).toMatch(/the one file is left out/);
  });

  it("says what has changed since, and takes that from what would go", () => {
    expect(changedSentence(samplePlan())).toBeNull();
    const changed = samplePlan({
      included: 20,
      changed: [
        { reason: "running", files: 10 },
        { reason: "gone", files: 1 },
      ],
    });
    expect(changedSentence(changed)).toBe(
      "Since it was planned, 10 are at work now and 1 is no longer there: they are skipped.",
    );
    expect(filesToGo(changed)).toBe(9);
    const gone = samplePlan({ included: 1, changed: [{ reason: "gone", files: 1 }] });
    expect(changedSentence(gone)).toMatch(/it is skipped. Nothing is left of the plan\.$/);
    expect(filesToGo(gone)).toBe(0);
  });
});

describe("how it goes", () => {
  const { options } = samplePlan();

  it("is one sentence", () => {
    expect(optionsSentence(options)).toBe("As fast as they are taken; 10 s for undo.");
    const canary = { files: 20, succeedPercent: 90 };
    expect(optionsSentence({ perMinute: 1_000, canary, undoSeconds: 0, includePoison: true })).toBe(
      "At most 1,000 a minute; 20 first, the rest if at least 90 % of them succeed; no time for undo; poison too.",
    );
  });

  it("is the same request only while nothing was chosen otherwise", () => {
    const asked = requestOf(samplePlan());
    expect(sameRequest(asked, requestOf(samplePlan()))).toBe(true);
    expect(sameRequest(asked, { ...asked, options: { ...options, undoSeconds: 11 } })).toBe(false);
    expect(sameRequest(asked, { ...asked, from: "start" })).toBe(false);
  });
});

describe("what was selected", () => {
  it("leads to where it is seen", () => {
    expect(selectionLink({ kind: "group", group: "g" })).toEqual({
      text: "all files of a failure",
      href: "/failures/g",
    });
    const where = { attribute: "project", value: "leases" } as const;
    expect(selectionLink({ kind: "group", group: "g", where }).text).toBe(
      "files of a failure with project leases",
    );
    expect(selectionLink({ kind: "files", files: ["f"] })).toEqual({ text: "one file", href: "/files/f" });
    expect(selectionLink({ kind: "files", files: ["f", "g"] }).text).toBe("2 files chosen by hand");
    expect(
      selectionLink({ kind: "filter", filter: { status: ["failed", "held"], project: "leases", q: "tide" } }),
    ).toEqual({
      text: "all files that are failed or held, in leases, named “tide”",
      href: "/files?status=failed%2Cheld&project=leases&q=tide",
    });
    expect(selectionLink({ kind: "filter", filter: {} })).toEqual({ text: "all files", href: "/files" });
  });
});
