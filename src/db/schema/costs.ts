import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { instant, nanoUsd, quantity } from "./columns.ts";

/**
 * What one unit costs, from when, and where that was read. A price is `nanoUsd` per `perUnits` units. Rows are
 * added, never changed: a wrong price is followed by its next revision, and both stay to be seen.
 */
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
    /** Of several prices from the same time on, the last revision counts. */
    revision: integer("revision").notNull().default(1),
    source: text("source").notNull(),
    seenOn: text("seen_on").notNull(),
    confidence: text("confidence", { enum: ["high", "medium", "low"] }).notNull(),
    /** When somebody added it; null for the public prices that Waybill brings along. */
    addedAt: instant("added_at"),
  },
  (table) => [
    unique("prices_meter_model_from").on(
      table.meter,
      table.provider,
      table.model,
      table.effectiveFrom,
      table.revision,
    ),
    check("prices_not_negative", sql`${table.nanoUsd} >= 0 and ${table.perUnits} > 0`),
  ],
);

/**
 * The recomputing of entries that were made at another price than the book has now, from one time to another;
 * done batch by batch, in the order of the entries' times.
 */
export const priceCorrections = pgTable(
  "price_corrections",
  {
    id: text("id").primaryKey(),
    /** The price that was added. */
    priceId: text("price_id")
      .notNull()
      .unique()
      .references(() => prices.id),
    fromAt: instant("from_at").notNull(),
    /** Up to this time, without it. */
    untilAt: instant("until_at").notNull(),
    state: text("state", { enum: ["running", "done"] }).notNull(),
    /** The last entry that was looked at. */
    cursorAt: instant("cursor_at"),
    cursorId: text("cursor_id"),
    /** How many entries were looked at, and how many got another that adjusts them. */
    entries: quantity("entries").notNull().default(0),
    adjusted: quantity("adjusted").notNull().default(0),
    /** By how much all of them together were changed. */
    nanoUsd: nanoUsd("nano_usd").notNull().default(sql`0`),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [index("price_corrections_running").on(table.startedAt).where(sql`${table.state} = 'running'`)],
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
    /** A step of the graph, or what else it was spent for: upload, search, storage, tick, retention. */
    step: text("step").notNull(),
    attemptId: text("attempt_id"),
    meter: text("meter").notNull(),
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    quantity: quantity("quantity").notNull(),
    priceId: text("price_id")
      .notNull()
      .references(() => prices.id),
    nanoUsd: nanoUsd("nano_usd").notNull(),
    /** Of the amount, what no reservation had covered. */
    unreservedNanoUsd: nanoUsd("unreserved_nano_usd").notNull().default(sql`0`),
    /** True where a crash left no measured amount and the estimate stands. */
    estimated: boolean("estimated").notNull().default(false),
    /** The entry whose price is corrected by this one: its quantity is 0, and its amount may be negative. */
    adjusts: text("adjusts"),
    at: instant("at").notNull(),
  },
  (table) => [
    index("ledger_unreserved").on(table.at, table.id).where(sql`${table.unreservedNanoUsd} > 0`),
    index("ledger_estimated").on(table.at, table.id).where(sql`${table.estimated}`),
    index("ledger_adjusting").on(table.at, table.id).where(sql`${table.adjusts} is not null`),
    index("ledger_file").on(table.fileId, table.at, table.id),
    index("ledger_at").on(table.at, table.id),
    // Meter, step and model as one: the planner knows how many entries have all three (costs/ledger/slices.ts).
    index("ledger_slice").on(
      sql`(${table.meter} || ' ' || ${table.step} || ' ' || ${table.model})`,
      table.at,
      table.id,
    ),
    index("ledger_project_slice").on(
      table.projectId,
      sql`(${table.meter} || ' ' || ${table.step} || ' ' || ${table.model})`,
      table.at,
      table.id,
    ),
    index("ledger_adjusts").on(table.adjusts).where(sql`${table.adjusts} is not null`),
    check(
      "ledger_not_negative",
      sql`case when ${table.adjusts} is null then ${table.quantity} >= 0 and ${table.nanoUsd} >= 0 else ${table.quantity} = 0 end`,
    ),
  ],
);

/** Up to when what lies in a store was put down, of each meter that counts it. */
export const storagePositions = pgTable("storage_positions", {
  meter: text("meter").primaryKey(),
  countedUntil: instant("counted_until").notNull(),
});

/** How long steps have worked lately, by the size of the document: what the next ones are estimated from. */
export const workHistory = pgTable(
  "work_history",
  {
    step: text("step").notNull(),
    /** The document's bytes, as a power of 4. */
    sizeClass: integer("size_class").notNull(),
    /** Half of them have worked for no longer, in ms; null for what was computed before this was kept. */
    p50Ms: integer("p50_ms"),
    /** 95 of 100 have worked for no longer, in ms. */
    p95Ms: integer("p95_ms").notNull(),
    attempts: integer("attempts").notNull(),
    computedAt: instant("computed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.step, table.sizeClass] })],
);

/** What files have cost at each step lately, by their size: what steps that are not planned yet are estimated from. */
export const stepCostHistory = pgTable(
  "step_cost_history",
  {
    step: text("step").notNull(),
    /** The document's bytes, as a power of 4. */
    sizeClass: integer("size_class").notNull(),
    /** Half of the files have cost no more at this step, in all its shards and attempts. */
    p50NanoUsd: nanoUsd("p50_nano_usd").notNull(),
    /** 95 of 100 have cost no more. */
    p95NanoUsd: nanoUsd("p95_nano_usd").notNull(),
    files: integer("files").notNull(),
    computedAt: instant("computed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.step, table.sizeClass] })],
);

/** A provider call that an attempt has begun, with its estimate; a lost attempt is settled from it. */
export const providerCalls = pgTable(
  "provider_calls",
  {
    id: text("id").primaryKey(),
    attemptId: text("attempt_id").notNull(),
    /** The call's running number within its attempt, from 0. */
    call: integer("call").notNull(),
    meter: text("meter").notNull(),
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    quantity: quantity("quantity").notNull(),
    state: text("state", { enum: ["open", "settled"] }).notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("provider_calls_attempt_open").on(table.attemptId).where(sql`${table.state} = 'open'`),
    check("provider_calls_state", sql`${table.state} in ('open', 'settled')`),
  ],
);
