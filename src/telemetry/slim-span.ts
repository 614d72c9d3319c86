import { z } from "zod";

/** What a span spends its time on, as OpenTelemetry tells it. */
export const spanKindSchema = z.enum(["internal", "server", "client", "producer", "consumer"]);

/** How a span ended. */
export const spanStatusSchema = z.enum(["unset", "ok", "error"]);

/** The place of a span that another one follows from. */
export const spanLinkSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  attributes: z.record(z.string(), z.unknown()),
});

/**
 * A span as a whole trace is drawn from: where it stands and how it ended, without attributes and events.
 * Times are nanoseconds since the epoch as decimal strings.
 */
export const slimSpanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  name: z.string(),
  kind: spanKindSchema,
  startNs: z.string(),
  endNs: z.string(),
  status: spanStatusSchema,
  statusMessage: z.string().nullable(),
  runId: z.string().nullable(),
  step: z.string().nullable(),
  shard: z.number().int().nullable(),
  attempt: z.number().int().nullable(),
  waitReason: z.string().nullable(),
  errorCode: z.string().nullable(),
  links: z.array(spanLinkSchema),
  /** By how many ms the clock of the span's writer disagrees with others of its trace; absent when it agrees. */
  skewMs: z.number().optional(),
});

export type SlimSpan = z.infer<typeof slimSpanSchema>;
