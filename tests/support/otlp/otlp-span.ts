import { z } from "zod";
import { attributes } from "./otlp-attributes.ts";

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(""),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  events: z.array(z.object({ name: z.string(), timeUnixNano: z.string(), attributes })),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })),
  status: z.object({ code: z.number().default(0), message: z.string().default("") }),
});

/** A span as OTLP/JSON writes it, its attributes as one object. */
export type OtlpSpan = z.output<typeof span>;

const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

/** Reads an OTLP/JSON document. @returns its spans, and the attributes of what they are of */
export function parseOtlp(document: unknown): { spans: OtlpSpan[]; resources: Record<string, unknown>[] } {
  const { resourceSpans } = request.parse(document);
  return {
    spans: resourceSpans.flatMap((entry) => entry.scopeSpans.flatMap((scope) => scope.spans)),
    resources: resourceSpans.map((entry) => entry.resource.attributes),
  };
}
