import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** How long attempts of each step take; measured by the tick from the newest that succeeded. */
export const stepDurations = pgTable("step_durations", {
  /** The step's name in the graph. */
  step: text("step").primaryKey(),
  /** In ms: 99 of 100 attempts take no longer. */
  p99Ms: integer("p99_ms").notNull(),
  /** Of how many attempts. */
  samples: integer("samples").notNull(),
  measuredAt: instant("measured_at").notNull(),
});
