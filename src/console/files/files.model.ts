import type { FileStatus, FileSummary } from "../../pipeline/files/file-view.ts";
import { formatBytes, formatCounted } from "../format/count.ts";

const busyRefreshMs = 2_000;
const calmRefreshMs = 10_000;

/** Whether the server is still working on it. */
export function isUnderWay(status: FileStatus): boolean {
  return status === "queued" || status === "running";
}

/** How long to wait before the list is read again, in ms: short while anything on it is under way. */
export function refreshDelayMs(files: readonly Pick<FileSummary, "status">[]): number {
  return files.some(({ status }) => isUnderWay(status)) ? busyRefreshMs : calmRefreshMs;
}

/** What a row says about a file that has failed: where, and why. Null for all others. */
export function failureLine(file: FileSummary): { step: string; sentence: string } | null {
  if (file.status !== "failed" && file.status !== "held") return null;
  if (file.errorMessage === null && file.errorCode === null) return null;
  return {
    step: file.failedStep ?? "ingestion",
    sentence: file.errorMessage ?? file.errorCode ?? "",
  };
}

/** The columns that a narrow screen has no room for, as one line. */
export function measuresLine(file: FileSummary): string {
  const parts = [file.project, formatBytes(file.bytes)];
  if (file.pages !== null) parts.push(formatCounted(file.pages, "page"));
  if (file.chunks !== null) parts.push(formatCounted(file.chunks, "chunk"));
  return parts.join(" · ");
}
