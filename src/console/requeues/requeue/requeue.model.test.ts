import { describe, expect, it } from "vitest";
import { sampleRequeue } from "../../../../tests/support/console/sample-plans.ts";
import { canarySentence, secondsToStart, stateSentence } from "./requeue.model.ts";

const now = new Date("2026-03-01T12:00:02.100Z");
const canary = {
  perMinute: null,
  canary: { files: 3, succeedPercent: 90 },
  undoSeconds: 10,
  includePoison: false,
};
const counts = { total: 10, pending: 5, sent: 1, held: 0, succeeded: 2, failed: 1, skipped: 1 };

describe("how a requeue stands", () => {
  it("counts down to its begin in whole seconds, and never below zero", () => {
    const scheduled = sampleRequeue({ state: "scheduled" });
    expect(secondsToStart(scheduled, now)).toBe(8);
    expect(stateSentence(scheduled, now)).toBe("Begins in 8 s. Nothing has been sent.");
    const later = new Date("2026-03-01T12:00:11.000Z");
    expect(secondsToStart(scheduled, later)).toBe(0);
    expect(stateSentence(scheduled, later)).toBe("Begins now.");
  });

  it("says how far it has come and how long it takes", () => {
    expect(stateSentence(sampleRequeue({ state: "running", counts, leftMs: 83_000 }), now)).toBe(
      "4 of 10 files ended. About 1 min 23 s left at this pace.",
    );
    expect(stateSentence(sampleRequeue({ state: "paused", counts }), now)).toMatch(/^Nothing more is sent/);
  });

  it("tells a requeue that was taken back from one that was cancelled in its middle", () => {
    const undone = { ...counts, pending: 0, sent: 0, succeeded: 0, failed: 0, skipped: 10 };
    expect(
      stateSentence(
        sampleRequeue({ state: "cancelled", counts: undone, messages: { sent: 0, swallowed: 0 } }),
        now,
      ),
    ).toBe("It was cancelled before anything was sent: every file stands as it was.");
    expect(stateSentence(sampleRequeue({ state: "cancelled", counts }), now)).toBe(
      "It was cancelled. 4 had been sent; 6 files stand as before.",
    );
  });

  it("says at its end what became of the files", () => {
    expect(stateSentence(sampleRequeue(), now)).toBe("All 10 files succeeded.");
    const mixed = { ...counts, pending: 0, sent: 0, succeeded: 7, failed: 2, skipped: 1 };
    expect(stateSentence(sampleRequeue({ counts: mixed }), now)).toBe(
      "Every file has its outcome: 7 succeeded, 2 failed again, 1 was skipped.",
    );
  });
});

describe("the canary", () => {
  it("is told before, while and after it flies, and not where all files were canaries", () => {
    expect(canarySentence(sampleRequeue({ state: "scheduled", options: canary }))).toBe(
      "3 files go first; the rest only if at least 90 % of them succeed.",
    );
    expect(stateSentence(sampleRequeue({ state: "canary", options: canary, counts }), now)).toMatch(
      /4 ended so far: 2 succeeded, 1 failed again\.$/,
    );
    expect(canarySentence(sampleRequeue({ state: "running", options: canary }))).toMatch(/passed/);
    const few = { ...counts, total: 3 };
    expect(canarySentence(sampleRequeue({ state: "done", options: canary, counts: few }))).toBeNull();
  });

  it("says why it stopped the rest", () => {
    const stopped = sampleRequeue({
      state: "stopped",
      options: canary,
      stoppedBecause: "Of 3 canaries 1 succeeded.",
    });
    expect(stateSentence(stopped, now)).toBe("It stopped by itself. Of 3 canaries 1 succeeded.");
  });
});
