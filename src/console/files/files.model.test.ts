import { describe, expect, it } from "vitest";
import type { FileSummary } from "../../pipeline/files/file-view.ts";
import { failureLine, measuresLine, refreshDelayMs } from "./files.model.ts";

const file: FileSummary = {
  id: "file_1",
  project: "contracts",
  name: "lease.pdf",
  contentHash: "00",
  bytes: 2_413_000,
  mediaType: "application/pdf",
  status: "succeeded",
  runId: "run_1",
  runs: 1,
  pages: 34,
  chunks: 1,
  attempts: 12,
  failedStep: null,
  errorCode: null,
  errorMessage: null,
  costNanoUsd: "310000",
  createdAt: "2026-03-01T12:00:00Z",
  updatedAt: "2026-03-01T12:00:04Z",
  finishedAt: "2026-03-01T12:00:04Z",
};

describe("refreshDelayMs", () => {
  it("is short while one file on the page is under way", () => {
    expect(refreshDelayMs([{ status: "succeeded" }, { status: "queued" }])).toBe(2_000);
  });
  it("is long when all have come to rest, held ones too", () => {
    expect(refreshDelayMs([{ status: "failed" }, { status: "held" }])).toBe(10_000);
    expect(refreshDelayMs([])).toBe(10_000);
  });
});

describe("failureLine", () => {
  it("names the step and the sentence of a failed file", () => {
    const failed: FileSummary = {
      ...file,
      status: "failed",
      failedStep: "extract",
      errorCode: "document_encrypted",
      errorMessage: "The document is protected by a password.",
    };
    expect(failureLine(failed)).toEqual({
      step: "extract",
      sentence: "The document is protected by a password.",
    });
  });
  it("says nothing about an error that a later run has overcome", () => {
    expect(failureLine({ ...file, errorCode: "lease_lost", errorMessage: "Lost." })).toBeNull();
  });
});

it("keeps on one line what a narrow screen has no columns for", () => {
  expect(measuresLine(file)).toBe("contracts · 2.4 MB · 34 pages · 1 chunk");
  expect(measuresLine({ ...file, pages: null, chunks: null })).toBe("contracts · 2.4 MB");
});
