import { toWaybillError } from "../kernel/errors.ts";
import { newTraceId } from "../kernel/ids.ts";
import { attr, spanNames } from "../telemetry/names.ts";
import type { SpanScope } from "../telemetry/span-scope.ts";
import type { JobsContext } from "./context.ts";
import type { Delivery } from "./receive.ts";

/** Does a scheduled job, which is of no file, within a span of its own: the root of a trace that is always kept. */
export async function inJobSpan<Result>(
  ctx: Pick<JobsContext, "telemetry" | "deployment">,
  job: "tick" | "retention" | "reconcile" | "requeue",
  delivery: Delivery,
  work: (span: SpanScope) => Promise<Result>,
): Promise<Result> {
  const attributes = {
    [attr.messagingSystem]: "qstash",
    [attr.messagingOperation]: "process",
    [attr.messagingOperationType]: "process",
    [attr.messagingDestination]: `/api/jobs/${job}`,
    [attr.messageId]: delivery.messageId,
    [attr.messageRetried]: delivery.retried,
    [attr.deployment]: ctx.deployment,
  };
  const ids = { traceId: newTraceId(), parentSpanId: null };
  const span = ctx.telemetry.tracer.start(spanNames.process(job), ids, { kind: "consumer", attributes });
  try {
    const result = await work(span);
    span.set({ [attr.outcome]: "succeeded" });
    return result;
  } catch (thrown) {
    span.set({ [attr.outcome]: "failed" });
    span.fail(toWaybillError(thrown).code);
    throw thrown;
  } finally {
    span.end();
  }
}
