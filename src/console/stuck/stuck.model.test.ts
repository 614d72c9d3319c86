import { describe, expect, it } from "vitest";
import { stuckReasons } from "../../db/stuck-states.ts";
import type { StuckStep } from "../../triage/stuck/stuck-view.ts";
import { standOf, stepText } from "./stuck.model.ts";
import { isNarrowed } from "./stuck-filters.ts";

const now = new Date("2026-03-01T12:00:00.000Z");

function stuck(change: Partial<StuckStep>): StuckStep {
  return {
    ...{ stepId: "step_1", step: "embed", shard: 0, runId: "run_1", fileId: "file_1", fileName: "lease.pdf" },
    ...{ project: "contracts", state: "queued", reason: "backoff", since: "2026-03-01T11:00:00.000Z" },
    ...{ limitMs: 120_000, attempts: 2, attemptsLeft: 4, nextAttemptAt: null, heldUntil: null },
    ...{ budgetId: null, provider: null, siblings: null, errorCode: null, errorMessage: null, actions: [] },
    ...change,
  };
}

describe("why a step does not go on", () => {
  it("has a sentence for every reason", () => {
    const said = stuckReasons.map((reason) => standOf(stuck({ reason }), now));
    expect(new Set(said).size).toBe(stuckReasons.length);
  });

  it("says when the next attempt is, and how many are left", () => {
    const nextAttemptAt = "2026-03-01T12:04:10.200Z";
    expect(standOf(stuck({ nextAttemptAt }), now)).toBe(
      "Next attempt in 4 min 10 s, 2 attempts made, 4 left.",
    );
    expect(standOf(stuck({ nextAttemptAt: now.toISOString(), attempts: 1 }), now)).toBe(
      "Next attempt any moment, 1 attempt made, 4 left.",
    );
    expect(standOf(stuck({ reason: "rate-limited", nextAttemptAt }), now)).toContain("asked for a pause");
  });

  it("says what a provider said, and when it is asked again", () => {
    const held = { reason: "held-by-provider" as const, heldUntil: "2026-03-01T12:15:00.000Z" };
    expect(standOf(stuck({ ...held, errorMessage: "No credit is left." }), now)).toBe(
      "No credit is left. It is tried again in 15 min 00 s.",
    );
  });

  it("counts the shards that have ended", () => {
    const reason = "waiting-for-siblings" as const;
    const of = (ended: number) => standOf(stuck({ reason, siblings: { step: "index", ended, of: 4 } }), now);
    expect(of(1)).toBe("1 of 4 shards of index has ended, and none for longer than 2 min 00 s.");
    expect(of(3)).toContain("3 of 4 shards of index have ended");
  });
});

it("names the shard of a step that has several, counted from one", () => {
  expect(stepText(stuck({ shard: 0 }))).toBe("embed");
  expect(stepText(stuck({ shard: 2 }))).toBe("embed 3");
});

it("is narrowed by any filter, and by a page that is not the first", () => {
  const all = { reason: null, step: "", project: "", provider: null, cursor: null };
  expect(isNarrowed(all)).toBe(false);
  for (const change of [
    { reason: "backoff" as const },
    { step: "embed" },
    { project: "p" },
    { provider: "gateway" as const },
    { cursor: "c" },
  ])
    expect(isNarrowed({ ...all, ...change })).toBe(true);
});
