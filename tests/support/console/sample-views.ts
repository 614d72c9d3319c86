import type { AttemptView, FileView, RunView, StepView } from "../../../src/pipeline/files/file-view.ts";

/** An attempt for tests: succeeded, within 100 ms. */
export function sampleAttempt(change: Partial<AttemptView> = {}): AttemptView {
  return {
    id: "att_1",
    number: 1,
    round: 1,
    outcome: "succeeded",
    messageId: "msg_1",
    retried: 0,
    deployment: "local",
    spanId: "s1",
    errorCode: null,
    errorMessage: null,
    costNanoUsd: "10000",
    workMs: 80,
    startedAt: "2026-03-01T12:00:00.000Z",
    finishedAt: "2026-03-01T12:00:00.100Z",
    ...change,
  };
}

/** A step for tests: succeeded, within 100 ms, without attempts. */
export function sampleStep(change: Partial<StepView> = {}): StepView {
  return {
    id: `step_${change.name ?? "inspect"}_${change.shard ?? 0}`,
    name: "inspect",
    shard: 0,
    state: "succeeded",
    round: 1,
    retired: false,
    attemptCount: 1,
    maxAttempts: 4,
    heldReason: null,
    heldUntil: null,
    hold: null,
    nextAttemptAt: null,
    dlqId: null,
    errorCode: null,
    errorMessage: null,
    costNanoUsd: "10000",
    queuedAt: "2026-03-01T12:00:00.000Z",
    startedAt: "2026-03-01T12:00:00.000Z",
    finishedAt: "2026-03-01T12:00:00.100Z",
    attempts: [],
    ...change,
  };
}

/** A run for tests: succeeded after 4.2 s. */
export function sampleRun(change: Partial<RunView> = {}): RunView {
  return {
    id: "run_1",
    number: 1,
    round: 1,
    graphVersion: 1,
    status: "succeeded",
    traceId: "t1",
    costNanoUsd: "310000",
    wastedNanoUsd: "0",
    chunks: 212,
    indexedChunks: 212,
    createdAt: "2026-03-01T12:00:00.000Z",
    finishedAt: "2026-03-01T12:00:04.200Z",
    steps: [],
    ...change,
  };
}

/** A file for tests, with the given runs. */
export function sampleFile(change: Partial<FileView> = {}): FileView {
  return {
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
    chunks: 212,
    attempts: 12,
    failedStep: null,
    errorCode: null,
    errorMessage: null,
    costNanoUsd: "310000",
    createdAt: "2026-03-01T12:00:00.000Z",
    updatedAt: "2026-03-01T12:00:04.200Z",
    finishedAt: "2026-03-01T12:00:04.200Z",
    runHistory: [],
    ...change,
  };
}
