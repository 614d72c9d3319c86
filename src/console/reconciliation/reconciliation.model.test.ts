import { describe, expect, it } from "vitest";
import { findingClasses } from "../../db/reconciliation-states.ts";
import type { ReconciliationView } from "../../triage/reconciliation/reconciliation-view.ts";
import { expiryOf, foundText, headlineOf, readLine } from "./reconciliation.model.ts";

function run(found: number, open: number, stage: ReconciliationView["stage"] = "done"): ReconciliationView {
  return {
    id: "recon_1",
    stage,
    by: null,
    startedAt: "2026-01-01T00:00:00.000Z",
    finishedAt: stage === "done" ? "2026-01-01T00:00:01.000Z" : null,
    read: { deadLetters: 1, queuedSteps: 0, doneFiles: 1, vectors: 2_000 },
    classes: findingClasses.map((name, at) => ({
      class: name,
      found: at === 0 ? found : 0,
      kept: at === 0 ? Math.min(found, 10_000) : 0,
      open: at === 0 ? open : 0,
    })),
  };
}

describe("the first line", () => {
  it("says that all agree, what is open, and what was put right", () => {
    expect(headlineOf(run(0, 0))).toEqual({
      text: "QStash, Postgres and the vector index agree.",
      state: "good",
    });
    expect(headlineOf(run(2, 1))).toEqual({ text: "1 disagreement to put right.", state: "bad" });
    expect(headlineOf(run(2, 0)).text).toBe("All 2 disagreements put right.");
  });
  it("never calls one that is under way agreed", () => {
    expect(headlineOf(run(0, 0, "files"))).toEqual({
      text: "Looking through the files that are done: 0 findings so far.",
      state: "running",
    });
  });
});

it("says what was looked through", () => {
  expect(readLine(run(0, 0))).toBe(
    "Looked through 1 dead letter, 0 queued steps, 1 file that is done, 2,000 vectors.",
  );
});

it("says when more was found than is listed", () => {
  const [capped, none] = run(12_000, 10_000).classes.map(foundText);
  expect([capped, none]).toEqual(["12,000, the first 10,000 listed", "0"]);
});

it("counts down to the time when QStash forgets a dead letter", () => {
  const at = (leftMs: number) => expiryOf(new Date(leftMs).toISOString(), new Date(0));
  const hour = 3_600_000;
  expect(at(7 * 24 * hour)).toEqual({ text: "in 7 d 0 h", urgent: false });
  expect(at(23 * hour)).toEqual({ text: "in 23 h", urgent: true });
  expect(at(90_000)).toEqual({ text: "in 2 min", urgent: true });
  expect(at(0)).toEqual({ text: "forgotten by now", urgent: true });
});
