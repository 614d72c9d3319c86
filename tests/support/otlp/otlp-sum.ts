import { z } from "zod";
import { attributes } from "./otlp-attributes.ts";

const point = z.object({
  attributes,
  /** Protobuf's JSON writes 64-bit integers as strings, the exporter of JSON as numbers; both are allowed. */
  asInt: z.union([z.string(), z.number()]).transform((value) => BigInt(value)),
});

const metric = z.object({
  name: z.string(),
  unit: z.string(),
  sum: z.object({
    dataPoints: z.array(point),
    /** 1: delta, 2: cumulative. */
    aggregationTemporality: z.number(),
    isMonotonic: z.boolean(),
  }),
});

/** A counter as OTLP/JSON writes it, the attributes of its points as objects. */
export type OtlpSum = z.output<typeof metric>;

const request = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeMetrics: z.array(z.object({ metrics: z.array(metric) })),
    }),
  ),
});

/** Reads an OTLP/JSON document of metrics, all of them sums. @returns what was sent together */
export function parseOtlpSums(document: unknown): { sums: OtlpSum[]; resources: Record<string, unknown>[] } {
  const { resourceMetrics } = request.parse(document);
  return {
    sums: resourceMetrics.flatMap((entry) => entry.scopeMetrics.flatMap((scope) => scope.metrics)),
    resources: resourceMetrics.map((entry) => entry.resource.attributes),
  };
}
