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

/** The spans of the last attempts of these steps; the run's root where none of them was ever tried. */
export async function lastAttemptsOf(
  tx: Db,
  run: Pick<RunFacts, "traceId" | "rootSpanId">,
  stepIds: readonly string[],
): Promise<SpanPlace[]> {
  const { traceId } = run;
  const found = await tx
    .selectDistinctOn([attempts.stepId], { spanId: attempts.spanId })
    .from(attempts)
    .where(sql`${attempts.stepId} = any(${sql.param([...stepIds])}::text[])`)
    .orderBy(attempts.stepId, desc(attempts.number))
    .limit(requeueLinkLimit);
  if (found.length === 0) return [{ traceId, spanId: run.rootSpanId }];
  return found.map(({ spanId }) => ({ traceId, spanId }));
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
