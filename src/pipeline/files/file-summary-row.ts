import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { failureOf } from "./failure-of.ts";
import type { FileSummary } from "./file-view.ts";

/** The columns that a file's summary is made of; `projects` is joined. */
export const summaryColumns = {
  id: files.id,
  project: projects.slug,
  name: files.name,
  contentHash: files.contentHash,
  bytes: files.bytes,
  mediaType: files.mediaType,
  status: files.status,
  runId: files.latestRunId,
  runs: files.runCount,
  pages: files.pages,
  chunks: files.chunkCount,
  attempts: files.attemptCount,
  failedStep: files.failedStep,
  errorCode: files.errorCode,
  costNanoUsd: files.costNanoUsd,
  createdAt: files.createdAt,
  updatedAt: files.updatedAt,
  finishedAt: files.finishedAt,
};

/** A row of `summaryColumns`. */
export interface SummaryRow
  extends Omit<FileSummary, "errorMessage" | "costNanoUsd" | "createdAt" | "updatedAt" | "finishedAt"> {
  readonly costNanoUsd: bigint;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

/** A row of `summaryColumns` as the API shows it. */
export function toFileSummary(row: SummaryRow, storedMessage: string | null = null): FileSummary {
  return {
    ...row,
    ...failureOf(row.errorCode, storedMessage),
    costNanoUsd: row.costNanoUsd.toString(),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
