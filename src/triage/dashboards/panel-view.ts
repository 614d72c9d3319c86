import { z } from "zod";
import { panelKinds, panelUnits } from "../../../dashboards/panel.ts";

/** How wide the buckets of a panel may be: quarter hours, hours, days, weeks; all of UTC. */
export const panelBuckets = ["quarter", "hour", "day", "week"] as const;

const panelViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  tells: z.string(),
  unit: z.enum(panelUnits).describe("`percent` is of 100"),
  kind: z.enum(panelKinds).describe("`now` is not over time: its series have one value each"),
  thresholds: z
    .array(z.object({ value: z.number(), tone: z.enum(["wait", "bad"]) }))
    .describe("from which values on somebody should look, or do something"),
});

/** A panel as the API describes it. */
export type PanelView = z.infer<typeof panelViewSchema>;

/** A dashboard as the API describes it. */
export const dashboardViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  tells: z.string(),
  panels: z.array(panelViewSchema),
});

/** A dashboard as the API describes it. */
export type DashboardView = z.infer<typeof dashboardViewSchema>;

/** The figures of a panel. */
export const panelReadingSchema = z.object({
  readAt: z.string(),
  bucket: z.enum(panelBuckets).nullable().describe("null where the panel is not over time"),
  boundaries: z.array(z.string()).describe("the times between the buckets: one more than there are values"),
  series: z
    .array(
      z.object({
        key: z.string(),
        others: z.boolean().describe("true for all that have no line of their own, together"),
        bad: z.boolean().describe("bad news, whatever stands beside it"),
        values: z.array(z.string().nullable()).describe("decimal numbers; null where nothing is known"),
      }),
    )
    .describe("the largest first"),
});

/** The figures of a panel. */
export type PanelReading = z.infer<typeof panelReadingSchema>;
