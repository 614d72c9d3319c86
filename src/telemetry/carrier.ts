/** The place of a span in a trace. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
}

/** Writes a place in the form of W3C Trace Context's `traceparent`, sampled. */
export function formatCarrier(place: SpanPlace): string {
  return `00-${place.traceId}-${place.spanId}-01`;
}

/** Reads a place back; undefined for anything that is not of the form. */
export function parseCarrier(value: string | null): SpanPlace | undefined {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(value ?? "");
  const [, traceId, spanId] = match ?? [];
  return traceId && spanId ? { traceId, spanId } : undefined;
}
