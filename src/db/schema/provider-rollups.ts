import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { breakerProviders } from "../breaker-states.ts";
import { instant, quantity } from "./columns.ts";

/** How wide the buckets are: minutes are kept for two days, hours for longer than a year. */
export const providerGrains = ["minute", "hour"] as const;

/**
 * How the calls of providers ended, summed by time and by how long they took; the tick writes it from
 * `provider_outcomes`, which are forgotten after an hour.
 */
export const providerRollups = pgTable(
  "provider_rollups",
  {
    grain: text("grain", { enum: providerGrains }).notNull(),
    provider: text("provider", { enum: breakerProviders }).notNull(),
    bucket: instant("bucket").notNull(),
    /** Calls that took up to 1.1 to this power of ms, and more than those of the class below. */
    latencyClass: integer("latency_class").notNull(),
    calls: quantity("calls").notNull(),
    /** Of those calls: to which the provider gave no answer, or one of 5xx. */
    ill: quantity("ill").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.grain, table.provider, table.bucket, table.latencyClass] }),
    index("provider_rollups_bucket").on(table.grain, table.bucket),
  ],
);
