import { desc, sql } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { attempts } from "../db/schema/steps.ts";
import { deriveSpanId } from "../kernel/ids.ts";
import type { SpanPlace } from "../telemetry/carrier.ts";
import { attr, spanNames } from "../telemetry/names.ts";
import type { JobTracer } from "../telemetry/span-scope.ts";
import type { RunFacts } from "./run-facts.ts";
import { runAttributes } from "./run-spans.ts";

/** Most attempts that a requeue's span is linked to. */
export const requeueLinkLimit = 32;

/** The id of the span of a requeue: by it the run goes on in this round, or began. */
export function requeueSpanIdOf(runId: string, round: number): string {
  return deriveSpanId("requeue", runId, round);
}

/** What the spans of a requeue are made of. */
export interface RequeueTrace {
  /** The run that goes on or begins. */
  readonly run: Parameters<typeof runAttributes>[0] & Pick<RunFacts, "traceId" | "rootSpanId">;
  readonly round: number;
  readonly from: string;
  readonly links: readonly SpanPlace[];
  /** Since when the run had ended that goes on; null for a new one. */
  readonly endedAt: Date | null;
  readonly at: Date;
}

/** For whose sake a run is done again: the ids of these steps of it. */
interface RequeueCause {
  readonly run: Pick<RunFacts, "runId" | "traceId" | "rootSpanId">;
  readonly stepIds: readonly string[];
}

/** By run: the spans of the last attempts of these steps; its root where none of them was ever tried. */
export async function lastAttemptsOf(
  tx: Db,
  causes: readonly RequeueCause[],
): Promise<Map<string, SpanPlace[]>> {
  const stepIds = causes.flatMap((cause) => cause.stepIds.slice(0, requeueLinkLimit));
  const found = await tx
    .selectDistinctOn([attempts.stepId], { runId: attempts.runId, spanId: attempts.spanId })
    .from(attempts)
    .where(sql`${attempts.stepId} = any(${sql.param(stepIds)}::text[])`)
    .orderBy(attempts.stepId, desc(attempts.number));
  const byRun = Map.groupBy(found, ({ runId }) => runId);
  return new Map(
    causes.map(({ run: { runId, traceId, rootSpanId } }) => [
      runId,
      (byRun.get(runId) ?? [{ spanId: rootSpanId }]).map(({ spanId }) => ({ traceId, spanId })),
    ]),
  );
}

/**
 * Records that somebody let the run go on, linked to what had failed, and how long the run had stood before.
 * @param until when the requeue was done; now when it is left out
 */
export function recordRequeue(tracer: JobTracer, trace: RequeueTrace, until?: Date): void {
  const { run, round, endedAt, at } = trace;
  const { traceId, rootSpanId: parentSpanId, runId } = run;
  const attributes = { ...runAttributes(run), [attr.round]: round };
  if (endedAt !== null) {
    const ids = { traceId, spanId: deriveSpanId("wait-requeue", runId, round), parentSpanId };
    const waited = { ...attributes, [attr.waitReason]: "requeue" };
    tracer.start(spanNames.waitRequeue, ids, { startedAt: endedAt, attributes: waited }).end(at);
  }
  const ids = { traceId, spanId: requeueSpanIdOf(runId, round), parentSpanId };
  const from = { ...attributes, [attr.requeueFrom]: trace.from };
  tracer.start(spanNames.requeue, ids, { startedAt: at, links: trace.links, attributes: from }).end(until);
}
