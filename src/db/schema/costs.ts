import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, nanoUsd, quantity } from "./columns.ts";

/** What one unit costs, from when, and where that was read. A price is `nanoUsd` per `perUnits` units. */
export const prices = pgTable(
  "prices",
  {
    id: text("id").primaryKey(),
    meter: text("meter").notNull(),
    provider: text("provider").notNull(),
    /** The model, or `*` where the meter has none. */
    model: text("model").notNull(),
    unit: text("unit").notNull(),
    nanoUsd: nanoUsd("nano_usd").notNull(),
    perUnits: quantity("per_units").notNull(),
    effectiveFrom: instant("effective_from").notNull(),
    source: text("source").notNull(),
    seenOn: text("seen_on").notNull(),
    confidence: text("confidence", { enum: ["high", "medium", "low"] }).notNull(),
  },
  (table) => [
    unique("prices_meter_model_from").on(table.meter, table.provider, table.model, table.effectiveFrom),
    check("prices_not_negative", sql`${table.nanoUsd} >= 0 and ${table.perUnits} > 0`),
  ],
);

/** What was spent. Rows are added, never changed; the id is derived, so that a replay adds nothing. */
export const ledger = pgTable(
  "ledger",
  {
    id: text("id").primaryKey(),
    projectId: text("project_id"),
    fileId: text("file_id"),
    runId: text("run_id"),
    stepId: text("step_id"),
    step: text("step"),
    attemptId: text("attempt_id"),
    meter: text("meter").notNull(),
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    quantity: quantity("quantity").notNull(),
    priceId: text("price_id")
      .notNull()
      .references(() => prices.id),
    nanoUsd: nanoUsd("nano_usd").notNull(),
    /** True where a crash left no measured amount and the estimate stands. */
    estimated: boolean("estimated").notNull().default(false),
    at: instant("at").notNull(),
  },
  (table) => [
    index("ledger_file").on(table.fileId, table.at, table.id),
    index("ledger_newest").on(table.at.desc(), table.id.desc()),
    check("ledger_not_negative", sql`${table.quantity} >= 0 and ${table.nanoUsd} >= 0`),
  ],
);

/** An estimate written before a provider is called; a lost attempt is settled from it. */
export const reservations = pgTable(
  "reservations",
  {
    id: text("id").primaryKey(),
    attemptId: text("attempt_id").notNull(),
    /** The call's running number within its attempt, from 0. */
    call: integer("call").notNull(),
    meter: text("meter").notNull(),
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    quantity: quantity("quantity").notNull(),
    state: text("state", { enum: ["open", "settled", "released"] }).notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("reservations_attempt_open").on(table.attemptId).where(sql`${table.state} = 'open'`),
    check("reservations_state", sql`${table.state} in ('open', 'settled', 'released')`),
  ],
);
