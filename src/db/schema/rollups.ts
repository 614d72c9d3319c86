import { sql } from "drizzle-orm";
import { date, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { wasteKinds } from "../waste-kinds.ts";
import { instant, nanoUsd, quantity } from "./columns.ts";

/** How wide the buckets of a rollup are; all begin on a quarter hour of UTC, as every time zone's day does. */
export const grains = ["quarter", "hour", "day"] as const;

/** What costs are summed by. */
const costKey = () => ({
  projectId: text("project_id"),
  step: text("step").notNull(),
  meter: text("meter").notNull(),
  provider: text("provider").notNull(),
  model: text("model").notNull(),
  /** Null for what was spent to some purpose. */
  waste: text("waste", { enum: wasteKinds }),
});

const costSums = () => ({
  quantity: quantity("quantity").notNull(),
  nanoUsd: nanoUsd("nano_usd").notNull(),
  entries: quantity("entries").notNull(),
});

const ingestSums = () => ({
  /** Originals that were stored. */
  uploads: quantity("uploads").notNull(),
  /** Of those originals. */
  bytes: quantity("bytes").notNull(),
  /** Runs that ended well. */
  succeeded: quantity("succeeded").notNull(),
  failed: quantity("failed").notNull(),
  /** Of the runs that ended well. */
  pages: quantity("pages").notNull(),
  chunks: quantity("chunks").notNull(),
  /** From the upload to the end, of the runs that ended well. */
  searchableMs: quantity("searchable_ms").notNull(),
});

/**
 * What was added to the sums since the last fold, in rows that each connection has to itself: so writers never
 * wait for each other. What is true is always both tables together (costs/rollups).
 */
export const costDeltas = pgTable(
  "cost_deltas",
  {
    backend: integer("backend").notNull(),
    bucket: instant("bucket").notNull(),
    ...costKey(),
    ...costSums(),
    /** Of the sums, what entries have added that adjust no other: told to other tools by the fold, once. */
    freshQuantity: quantity("fresh_quantity").notNull().default(0),
    freshNanoUsd: nanoUsd("fresh_nano_usd").notNull().default(sql`0`),
  },
  (table) => [
    unique("cost_deltas_key")
      .on(
        table.backend,
        table.bucket,
        table.projectId,
        table.step,
        table.meter,
        table.provider,
        table.model,
        table.waste,
      )
      .nullsNotDistinct(),
  ],
);

/** Sums of the ledger by time. */
export const costRollups = pgTable(
  "cost_rollups",
  {
    grain: text("grain", { enum: grains }).notNull(),
    bucket: instant("bucket").notNull(),
    ...costKey(),
    ...costSums(),
  },
  (table) => [
    unique("cost_rollups_key")
      .on(
        table.grain,
        table.bucket,
        table.projectId,
        table.step,
        table.meter,
        table.provider,
        table.model,
        table.waste,
      )
      .nullsNotDistinct(),
    index("cost_rollups_project").on(table.grain, table.projectId, table.bucket),
  ],
);

/** As `cost_deltas`, for what was ingested. */
export const ingestDeltas = pgTable(
  "ingest_deltas",
  {
    backend: integer("backend").notNull(),
    bucket: instant("bucket").notNull(),
    projectId: text("project_id").notNull(),
    ...ingestSums(),
  },
  (table) => [unique("ingest_deltas_key").on(table.backend, table.bucket, table.projectId)],
);

/** What was ingested, by time. */
export const ingestRollups = pgTable(
  "ingest_rollups",
  {
    grain: text("grain", { enum: grains }).notNull(),
    bucket: instant("bucket").notNull(),
    projectId: text("project_id").notNull(),
    ...ingestSums(),
  },
  (table) => [
    unique("ingest_rollups_key").on(table.grain, table.bucket, table.projectId),
    index("ingest_rollups_project").on(table.grain, table.projectId, table.bucket),
  ],
);

/** Entries of the ledger that were spent for nothing; the ledger itself is never changed. */
export const wastedEntries = pgTable(
  "wasted_entries",
  {
    entryId: text("entry_id").primaryKey(),
    kind: text("kind", { enum: wasteKinds }).notNull(),
    /** As the entry has them, so that a list of a few need not look into all. */
    projectId: text("project_id"),
    meter: text("meter").notNull(),
    step: text("step").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("wasted_entries_kind").on(table.kind, table.at, table.entryId),
    index("wasted_entries_project").on(table.projectId, table.kind, table.at, table.entryId),
  ],
);

/** What a file has cost in all, from the end of its first run on; so that the dearest are found at once. */
export const fileCosts = pgTable(
  "file_costs",
  {
    fileId: text("file_id").primaryKey(),
    projectId: text("project_id").notNull(),
    /** The day of UTC on which its newest run ended. */
    endedOn: date("ended_on").notNull(),
    nanoUsd: nanoUsd("nano_usd").notNull(),
  },
  (table) => [
    index("file_costs_dearest").on(table.endedOn, table.nanoUsd),
    index("file_costs_project_dearest").on(table.projectId, table.endedOn, table.nanoUsd),
  ],
);
