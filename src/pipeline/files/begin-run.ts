import { blobRead } from "../../costs/blob-spent.ts";
import { runs } from "../../db/schema/runs.ts";
import { type DispatchContext, dispatchSteps } from "../../jobs/dispatch-steps.ts";
import { createWaiting, stepId } from "../../jobs/transitions.ts";
import { deriveId, deriveSpanId, newTraceId } from "../../kernel/ids.ts";
import { currentGraph } from "../graph.ts";
import { firstWork } from "../next-work.ts";

/** A run that is to begin. */
export interface NewRun {
  readonly fileId: string;
  /** Of the original. */
  readonly bytes: number;
  /** The running number among the file's runs, from 1. */
  readonly number: number;
  readonly project: {
    readonly slug: string;
    readonly chunkMaxTokens: number;
    readonly chunkOverlapTokens: number;
  };
  readonly embedding: { readonly model: string; readonly dimensions: number };
  /** The trace starts there. */
  readonly createdAt: Date;
}

/** A run that has begun. */
export interface BegunRun {
  readonly runId: string;
  readonly traceId: string;
  readonly rootSpanId: string;
  readonly graphVersion: number;
  /** How many steps are there so far; they plan the others. */
  readonly steps: number;
}

/** The id of a file's run: the same for the same number, so that no run begins twice. */
export function runIdOf(fileId: string, number: number): string {
  return deriveId("run", fileId, number);
}

/** The id of the root span of a run. */
export function rootSpanIdOf(runId: string): string {
  return deriveSpanId("root", runId);
}

/**
 * Records a run of the current graph with its first steps and the messages for them. The caller sends them
 * after its commit, and points the file at the run.
 */
export async function beginRun(ctx: DispatchContext, run: NewRun, now: Date): Promise<BegunRun> {
  const runId = runIdOf(run.fileId, run.number);
  const begun = { runId, traceId: newTraceId(), rootSpanId: rootSpanIdOf(runId) };
  await ctx.db.insert(runs).values({
    id: runId,
    fileId: run.fileId,
    number: run.number,
    graphVersion: currentGraph.version,
    settings: {
      chunkMaxTokens: run.project.chunkMaxTokens,
      chunkOverlapTokens: run.project.chunkOverlapTokens,
      embeddingModel: run.embedding.model,
      embeddingDimensions: run.embedding.dimensions,
    },
    status: "queued",
    traceId: begun.traceId,
    rootSpanId: begun.rootSpanId,
    createdAt: run.createdAt,
  });
  const first = firstWork(currentGraph, run.project.slug, { inspect: [blobRead(run.bytes)] });
  await createWaiting(ctx.db, runId, first.create);
  const ready = first.queue.map((step) => stepId(runId, step.name, step.shard));
  await dispatchSteps(ctx, ready, { now });
  return { ...begun, graphVersion: currentGraph.version, steps: first.create.length };
}
