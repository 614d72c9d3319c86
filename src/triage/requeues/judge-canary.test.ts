import { describe, expect, it } from "vitest";
import { judgeCanary } from "./judge-canary.ts";

const counts = (pending: number, sent: number, succeeded: number, failed: number) => ({
  pending,
  sent,
  succeeded,
  failed,
});

describe("canaries", () => {
  it("that are all under way say nothing yet", () => {
    expect(judgeCanary(counts(1, 2, 0, 0), 50)).toEqual({ kind: "wait" });
  });

  it("let the rest follow once all have ended and enough succeeded", () => {
    expect(judgeCanary(counts(0, 0, 2, 1), 66)).toEqual({ kind: "pass" });
    expect(judgeCanary(counts(0, 1, 2, 0), 50)).toEqual({ kind: "wait" });
  });

  it("stop the rest as soon as the others cannot make up for those that failed", () => {
    expect(judgeCanary(counts(0, 1, 1, 2), 66)).toEqual({
      kind: "fail",
      because: "Of 3 canaries 1 succeeded and 2 failed, and 1 had not ended; 66 % had to succeed.",
    });
    expect(judgeCanary(counts(0, 2, 0, 1), 67)).toEqual({
      kind: "fail",
      because: "Its one canary failed, and 2 had not ended; 67 % had to succeed.",
    });
    expect(judgeCanary(counts(0, 2, 0, 1), 66)).toEqual({ kind: "wait" });
  });

  it("that were all skipped are silent", () => {
    expect(judgeCanary(counts(0, 0, 0, 0), 100)).toEqual({ kind: "silent" });
  });
});
