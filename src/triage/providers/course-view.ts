import { z } from "zod";
import { breakerProviders } from "../../db/breaker-states.ts";

/** How wide the buckets of a course are. */
export const courseWidths = ["1m", "5m", "15m", "1h", "6h", "1d"] as const;

const figures = (of: string) => z.array(z.number().nullable()).describe(of);

/** How a provider answered over a span of time. */
export const providerCourseSchema = z.object({
  provider: z.enum(breakerProviders),
  width: z.enum(courseWidths),
  boundaries: z.array(z.string()).describe("the times between the buckets: one more than there are values"),
  answered: z.array(z.number().int()).describe("calls that the provider answered"),
  ill: z.array(z.number().int()).describe("calls that it did not answer, or with 5xx"),
  errorPercent: figures("of the calls; null without one"),
  p50Ms: figures("to within 5 %; null without a call"),
  p95Ms: figures("to within 5 %; null without a call"),
  countedUntil: z.string().nullable().describe("the newest minute with a call that the tick has summed up"),
});

/** Such a course, as the API answers. */
export type ProviderCourse = z.infer<typeof providerCourseSchema>;
