import { bigint, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** A link to a span of this or another trace. */
export interface StoredLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A point in time within a span. */
export interface StoredEvent {
  readonly name: string;
  readonly timeNs: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * The trace store, partitioned by UTC day of `started_at`. The days are made ahead and dropped when they are
 * old (telemetry/store); the default partition, which the migration makes, takes what has no day yet.
 */
export const spans = pgTable(
  "spans",
  {
    traceId: text("trace_id").notNull(),
    spanId: text("span_id").notNull(),
    parentSpanId: text("parent_span_id"),
    name: text("name").notNull(),
    kind: text("kind").notNull(),
    /** Nanoseconds since the epoch. */
    startNs: bigint("start_ns", { mode: "bigint" }).notNull(),
    endNs: bigint("end_ns", { mode: "bigint" }).notNull(),
    startedAt: instant("started_at").notNull(),
    status: text("status").notNull(),
    statusMessage: text("status_message"),
    attributes: jsonb("attributes").$type<Record<string, unknown>>().notNull(),
    events: jsonb("events").$type<readonly StoredEvent[]>().notNull(),
    links: jsonb("links").$type<readonly StoredLink[]>().notNull(),
    fileId: text("file_id"),
    runId: text("run_id"),
  },
  (table) => [
    // The span's id comes first, so that a span is found by its id alone too.
    primaryKey({ columns: [table.spanId, table.traceId, table.startedAt] }),
    index("spans_file").on(table.fileId, table.startNs),
  ],
);
