import { z } from "zod";
import { spanKindSchema, spanLinkSchema, spanStatusSchema } from "./slim-span.ts";

const attributes = z.record(z.string(), z.unknown());

/** One whole span as the API shows it. Times are nanoseconds since the epoch as decimal strings. */
export const spanViewSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  name: z.string(),
  kind: spanKindSchema,
  startNs: z.string(),
  endNs: z.string(),
  status: spanStatusSchema,
  statusMessage: z.string().nullable(),
  attributes,
  events: z.array(z.object({ name: z.string(), timeNs: z.string(), attributes })),
  links: z.array(spanLinkSchema),
});

export type SpanView = z.infer<typeof spanViewSchema>;
