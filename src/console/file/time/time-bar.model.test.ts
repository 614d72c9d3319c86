import { expect, it } from "vitest";
import type { FileTime } from "../../../pipeline/time/time-view.ts";
import { formatShare, stepsSentence, timeParts, timeSentence } from "./time-bar.model.ts";

const time: FileTime = {
  run: 1,
  startMs: 0,
  endMs: 1_000,
  finished: true,
  wallMs: 1_000,
  parts: [
    { kind: "work", step: null, reason: "upload", ms: 20 },
    { kind: "queue", step: "inspect", reason: null, ms: 30 },
    { kind: "queue", step: "embed", reason: null, ms: 70 },
    { kind: "work", step: "embed", reason: null, ms: 600, spanIds: ["a", "b"] },
    { kind: "work", step: "embed", reason: "lost", ms: 30 },
    { kind: "held", step: "embed", reason: "budget_reached", ms: 197 },
    { kind: "held", step: "embed", reason: "requeue", ms: 50 },
    { kind: "unexplained", step: null, reason: null, ms: 3 },
  ],
  intervals: [],
  criticalPath: [],
};

it("puts the work first, step by step, then one part for each kind of waiting, the longest first", () => {
  expect(timeParts(time).map(({ words, ms }) => [words, ms])).toEqual([
    ["upload", 20],
    ["embed", 600],
    ["embed (worker lost)", 30],
    ["Hold (budget_reached)", 197],
    ["Queue", 100],
    ["Until the requeue", 50],
    ["Unexplained", 3],
  ]);
});

it("says which steps waited", () => {
  const queue = timeParts(time).find(({ kind }) => kind === "queue");
  expect(queue && stepsSentence(queue)).toBe("Queue: embed 70 ms, inspect 30 ms");
});

it("leads to the longest span of a step, and to the step that waited longest", () => {
  const leads = new Map(timeParts(time).map(({ words, leadsTo }) => [words, leadsTo]));
  expect(leads.get("embed")).toBe("a");
  expect(leads.get("Queue")).toBe("1.embed");
  expect(leads.get("upload")).toBeNull();
});

it("shares add up to the whole, and a small one is never shown as nothing", () => {
  const parts = timeParts(time);
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  expect(parts.map(({ share }) => formatShare(share))).toContain("< 1 %");
});

it("says the bar as a sentence", () => {
  const two = { ...time, parts: time.parts.slice(2, 4) };
  expect(timeSentence(timeParts(two), 670)).toBe("670 ms in all: embed 600 ms; Queue 70 ms.");
});
