import { z } from "zod";

const attributes = z.record(z.string(), z.unknown());

/** A span as the API shows it. Times are nanoseconds since the epoch as decimal strings. */
export const spanViewSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  name: z.string(),
  kind: z.enum(["internal", "server", "client", "producer", "consumer"]),
  startNs: z.string(),
  endNs: z.string(),
  status: z.enum(["unset", "ok", "error"]),
  statusMessage: z.string().nullable(),
  attributes,
  events: z.array(z.object({ name: z.string(), timeNs: z.string(), attributes })),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string(), attributes })),
});

export type SpanView = z.infer<typeof spanViewSchema>;
