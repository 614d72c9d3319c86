import { describe, expect, it } from "vitest";
import { auditActions } from "../../db/audit-actions.ts";
import type { AuditEntryView } from "../../triage/audit/audit-view.ts";
import { actionWords } from "./action-words.ts";
import { auditQueryOf, isNarrowed } from "./audit-state.ts";
import { deviceWords } from "./device-words.ts";
import { factChanges, factList, factName, factText, tellingLine } from "./facts.model.ts";
import { subjectLinks } from "./subject-links.model.ts";

const entry: AuditEntryView = {
  ...{ id: "aud_1", at: "2026-03-01T12:00:00.000Z", action: "budget.change", fileId: null, fileName: null },
  ...{ project: null, keyId: "key_1", keyName: "admin", via: "key", reason: null, userAgent: null },
  ...{ addressHash: null, request: { budgetId: "budget_1" } },
  before: { budgetId: "budget_1", limitNanoUsd: "1000000000", mode: "soft", step: null },
  after: { budgetId: "budget_1", limitNanoUsd: "2500000000", mode: "hard", step: null },
};

describe("what changed", () => {
  it("stands first, before what was only told of one side, and before what stayed", () => {
    const changes = factChanges({ before: { a: 1, b: "x", c: 1 }, after: { b: "y", c: 1, d: null } });
    expect(changes.map(({ key, kind, before, after }) => [key, kind, before, after])).toEqual([
      ["b", "changed", "x", "y"],
      ["d", "after-only", null, "none"],
      ["a", "before-only", "1", null],
      ["c", "same", "1", "1"],
    ]);
  });

  it("is told in a line, in words that people read", () => {
    expect(tellingLine(entry)).toBe("limit $1.00 → $2.50, mode soft → hard");
    expect(tellingLine({ request: { groupId: "group_1" }, before: {}, after: { state: "queued" } })).toBe("");
    const many = {
      before: { a: 1, b: 1, c: 1, runId: "run_1" },
      after: { a: 2, b: 2, c: 2, runId: "run_2" },
    };
    expect(tellingLine({ ...many, request: {} })).toBe("a 1 → 2, b 1 → 2, 1 more");
    const price = { meter: "embedding.tokens", provider: "openai", model: "", perUnits: 1, nanoUsd: "20" };
    expect(tellingLine({ request: price, before: {}, after: { priceId: "price_1" } })).toBe(
      "meter embedding.tokens, provider openai, for how many units 1",
    );
  });

  it("has facts as words", () => {
    expect(["limitNanoUsd", "failedStep", "finishedAt", "groupId", "nanoUsd"].map(factName)).toEqual([
      "Limit",
      "Failed step",
      "Finished",
      "Failure group",
      "Price",
    ]);
    expect(factText("at", "2026-03-01T12:00:00.000Z")).toBe("2026-03-01 12:00:00.000 UTC");
    expect(factText("thresholds", "50,80")).toBe("50 %, 80 %");
    expect(factText("waitMs", 2_000)).toBe("2 s");
    expect(factText("model", "")).toBe("none");
    expect(factList(entry.request)).toEqual([{ key: "budgetId", name: "Budget", text: "budget_1" }]);
  });
});

it("leads to the pages of all that an entry names, each once", () => {
  expect(subjectLinks(entry)).toEqual([{ href: "/budgets?budget=budget_1", text: "budget …dget_1" }]);
  const named = { ...entry, after: { ...entry.after, name: "daily budget" } };
  expect(subjectLinks(named)).toEqual([{ href: "/budgets?budget=budget_1", text: "daily budget" }]);
  const requeued = { ...entry, action: "file.requeue" as const, fileId: "file_1", fileName: "lease.pdf" };
  expect(subjectLinks({ ...requeued, request: { from: "failed", requeueId: "requeue_1" } })).toEqual([
    { href: "/files/file_1", text: "lease.pdf" },
    { href: "/requeues/requeue_1", text: "requeue …ueue_1" },
    { href: "/budgets?budget=budget_1", text: "budget …dget_1" },
  ]);
  const none = { before: {}, after: {} };
  expect(subjectLinks({ ...entry, ...none, request: { state: "budget_exhausted now" } })).toEqual([]);
  expect(
    subjectLinks({ ...entry, ...none, action: "provider.open", request: { provider: "gateway" } }),
  ).toEqual([{ href: "/providers", text: "gateway" }]);
});

it.each([
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Chrome 141 on macOS",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128 on Linux"],
  ["curl/8.5.0", "curl 8.5"],
  ["node", "Node.js"],
  ["python-requests/2.31.0", "python-requests 2.31"],
  ["", null],
  [null, null],
])("names what sent a request: %s", (userAgent, words) => {
  expect(deviceWords(userAgent)).toBe(words);
});

it("has words of its own for every kind of change", () => {
  expect(new Set(Object.values(actionWords)).size).toBe(auditActions.length);
});

it("knows when the list shows everything, and asks for nothing then", () => {
  const all = { who: null, action: [], subject: "", project: "", since: null, until: null };
  expect(isNarrowed(all)).toBe(false);
  expect(isNarrowed({ ...all, action: ["price.add"] })).toBe(true);
  expect(isNarrowed({ ...all, subject: "budget_1" })).toBe(true);
  expect(auditQueryOf({ ...all, subject: " budget_1 " })).toEqual({ ...all, subject: "budget_1" });
});
