import { expect, it } from "vitest";
import type { AuditEntryView } from "../../../triage/audit/audit-view.ts";
import { deedOf, requeueOf, stateBefore } from "./history.model.ts";

const entry: AuditEntryView = {
  id: "aud_1",
  at: "2026-03-01T12:00:00.000Z",
  action: "file.requeue",
  fileId: "file_1",
  fileName: "lease.pdf",
  project: "contracts",
  keyId: "key_1",
  keyName: "admin",
  via: "session",
  reason: null,
  userAgent: null,
  addressHash: null,
  request: { from: "failed" },
  before: { run: 1, round: 1, status: "failed", failedStep: "embed", errorCode: "provider_unauthorized" },
  after: { run: 1, round: 2, steps: 3, status: "queued" },
};

it.each([
  [entry, "Requeued where it had failed: round 2 of run 1."],
  [{ ...entry, request: { from: "chunk" } }, "Requeued from chunk: round 2 of run 1."],
  [{ ...entry, request: { from: "start" }, after: { run: 2, round: 1 } }, "Requeued from the start: run 2."],
])("says what was done", (given, sentence) => {
  expect(deedOf(given)).toBe(sentence);
});

it("knows the requeue of many files that it was a part of", () => {
  expect(requeueOf(entry)).toBeNull();
  expect(requeueOf({ ...entry, request: { from: "failed", requeueId: "requeue_1" } })).toBe("requeue_1");
});

it.each([
  [entry, "Run 1 had failed at embed (provider_unauthorized)."],
  [{ ...entry, before: { run: 2, round: 3, status: "succeeded" } }, "Run 2, round 3, had succeeded."],
])("says how the file stood before", (given, sentence) => {
  expect(stateBefore(given)).toBe(sentence);
});
