import { integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, nanoUsd } from "./columns.ts";

/** What a plan includes of a meter in each month, in the meter's units. */
export interface PlanAllowance {
  readonly meter: string;
  readonly quantity: number;
}

/**
 * What a provider asks for by the month, and what it includes, from which month on. Rows are added, never changed:
 * of several from one month the last revision counts.
 */
export const plans = pgTable(
  "plans",
  {
    id: text("id").primaryKey(),
    provider: text("provider").notNull(),
    name: text("name").notNull(),
    /** For a month, whatever is used in it. */
    monthlyNanoUsd: nanoUsd("monthly_nano_usd").notNull(),
    allowances: jsonb("allowances").$type<PlanAllowance[]>().notNull(),
    /** The first month of UTC for which it holds, such as `2026-11`. */
    fromMonth: text("from_month").notNull(),
    revision: integer("revision").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (table) => [unique("plans_provider_from").on(table.provider, table.fromMonth, table.revision)],
);
