import { and, desc, eq, inArray, lte } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../db/client.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import type { SpanPlace } from "../telemetry/carrier.ts";
import { type RequeueTrace, requeueLinkLimit } from "./requeue-spans.ts";
import type { RunFacts } from "./run-facts.ts";

/** What the audit log tells of a requeue, as far as its spans are made of it. */
export const lostRequeueSchema = z.object({
  at: z.date(),
  request: z.object({ from: z.string() }),
  before: z.object({
    runId: z.string(),
    round: z.number(),
    failedStep: z.string().nullable(),
    finishedAt: z.iso.datetime().nullable().default(null),
  }),
  after: z.object({ runId: z.string(), round: z.number() }),
});

type LostRequeue = z.output<typeof lostRequeueSchema>;

/**
 * What the spans of a requeue are made of, from the rows. To which attempts it is linked is told by the step
 * that had failed, or else by the one that was named, and by how its attempts had ended.
 */
export async function readLostRequeue(db: Db, run: RunFacts, lost: LostRequeue): Promise<RequeueTrace> {
  const { at, request, before, after } = lost;
  const goesOn = before.runId === after.runId;
  const endedAt = goesOn && before.finishedAt !== null ? new Date(before.finishedAt) : null;
  return {
    run,
    round: after.round,
    from: request.from,
    links: await readLinks(db, run, lost),
    endedAt,
    at,
  };
}

async function readLinks(db: Db, run: RunFacts, { request, before, after }: LostRequeue) {
  const goesOn = before.runId === after.runId;
  const traceId = goesOn ? run.traceId : run.previousTraceId;
  const rootSpanId = goesOn ? run.rootSpanId : run.previousRootSpanId;
  if (traceId === null || rootSpanId === null) return [];
  const last = db
    .selectDistinctOn([attempts.stepId], { spanId: attempts.spanId, outcome: attempts.outcome })
    .from(attempts)
    .innerJoin(steps, eq(steps.id, attempts.stepId))
    .where(
      and(
        eq(attempts.runId, before.runId),
        lte(attempts.round, before.round),
        eq(steps.name, before.failedStep ?? request.from),
      ),
    )
    .orderBy(attempts.stepId, desc(attempts.number))
    .as("last");
  const found = await db
    .select({ spanId: last.spanId })
    .from(last)
    .where(before.failedStep === null ? undefined : inArray(last.outcome, ["failed", "lost"]))
    .limit(requeueLinkLimit);
  const links: SpanPlace[] = found.map(({ spanId }) => ({ traceId, spanId }));
  return links.length > 0 ? links : [{ traceId, spanId: rootSpanId }];
}
