import { expect, test } from "vitest";
import { calmOverview } from "../../../tests/support/console/sample-overview.ts";
import type { Overview } from "../../triage/overview/overview-view.ts";
import { verdictOf } from "./verdict.model.ts";

const at = { now: new Date("2026-03-01T08:00:00Z"), timeZone: "UTC" };
const textOf = (parts: Partial<Overview>) => verdictOf({ ...calmOverview, ...parts }, at);

const failures = {
  groups: 3,
  open: 4,
  capped: false,
  files: 1_204,
  steps: [{ step: "embed", groups: 3, files: 1_204, since: "2026-03-01T02:14:00Z" }],
  top: [],
};
const money = { budgets: 3, capped: false, holding: 2, held: 310, heldCapped: false, nearest: [] };
const provider = {
  provider: "gateway",
  name: "AI Gateway",
  state: "open",
  byHand: false,
  since: "2026-03-01T02:10:00Z",
  errorPercent: 80,
  p95Ms: 900,
  heldSteps: 4,
} as const;

test("where nothing is wrong, nothing needs anybody", () => {
  expect(textOf({})).toEqual({ tone: "calm", text: "Nothing needs you." });
});

test("it says what fails, since when, for how many, and what is held", () => {
  expect(textOf({ failures, money })).toEqual({
    tone: "bad",
    text: "Embed fails since 02:14 for 1,204 files in 3 groups; 2 budgets hold 310 steps.",
  });
});

test.each<[Partial<Overview>, string]>([
  [
    {
      failures: {
        ...failures,
        groups: 1,
        files: 1,
        steps: [{ step: "index", groups: 1, files: 1, since: null }],
      },
    },
    "Index fails again for 1 file in 1 group.",
  ],
  [
    {
      failures: {
        ...failures,
        capped: true,
        groups: 500,
        steps: [
          { step: "embed", groups: 400, files: 1_000, since: "2026-02-27T23:00:00Z" },
          { step: "index", groups: 100, files: 204, since: "2026-03-01T02:14:00Z" },
        ],
      },
    },
    "Embed and index fail since 27 Feb 23:00 for 1,204+ files in 500+ groups.",
  ],
  [
    {
      failures: {
        ...failures,
        steps: ["embed", "index", "chunk"].map((step) => ({ step, groups: 1, files: 1, since: null })),
      },
    },
    "Embed and 2 other steps fail again for 1,204 files in 3 groups.",
  ],
  [{ providers: [provider] }, "The breaker of AI Gateway is open since 02:10."],
  [{ providers: [{ ...provider, byHand: true }] }, "The breaker of AI Gateway is open by hand since 02:10."],
  [
    { providers: [provider, { ...provider, provider: "blob", name: "Blob" }] },
    "The breakers of AI Gateway and Blob are open.",
  ],
])("of %o it says the same in fewer or more words", (parts, text) => {
  expect(textOf(parts)).toEqual({ tone: "bad", text });
});

test.each<[Partial<Overview>, string]>([
  [{ money: { ...money, holding: 1, held: 1 } }, "1 budget holds 1 step."],
  [{ money: { ...money, held: 500, heldCapped: true } }, "2 budgets hold 500+ steps."],
  [
    {
      stuck: {
        steps: 14,
        capped: false,
        reasons: [
          { reason: "held-by-budget", steps: 12, since: "2026-03-01T02:14:00Z" },
          { reason: "not-delivered", steps: 2, since: "2026-03-01T02:14:00Z" },
        ],
      },
    },
    "2 steps do not go on.",
  ],
  [
    { requeues: [{ id: "r", name: "r", state: "stopped", total: 9, left: 3, leftCapped: false }] },
    "1 requeue has stopped.",
  ],
  [
    {
      reconciliation: {
        last: {
          id: "rec",
          startedAt: "2026-03-01T02:14:00Z",
          finishedAt: null,
          open: 3,
          classes: [{ class: "queued-but-unknown", open: 3 }],
        },
      },
    },
    "3 findings of the reconciliation are open.",
  ],
])("what waits for somebody, as %o, is said without alarm", (parts, text) => {
  expect(textOf(parts)).toEqual({ tone: "wait", text });
});

test("what could not be read is never called well", () => {
  expect(textOf({ failures: null, money: null })).toEqual({
    tone: "unknown",
    text: "Nothing that could be read needs you; it is not known what fails and how the budgets stand.",
  });
  expect(textOf({ failures, providers: null })).toEqual({
    tone: "bad",
    text: "Embed fails since 02:14 for 1,204 files in 3 groups; it is not known how the providers are.",
  });
});
