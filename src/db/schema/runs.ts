import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, nanoUsd } from "./columns.ts";
import { files } from "./files.ts";

/** The settings that a run keeps from its start, whatever is changed meanwhile. */
export interface RunSettings {
  readonly chunkMaxTokens: number;
  readonly chunkOverlapTokens: number;
  readonly embeddingModel: string;
  readonly embeddingDimensions: number;
}

/** One ingestion of a file; one trace. */
export const runs = pgTable(
  "runs",
  {
    id: text("id").primaryKey(),
    fileId: text("file_id")
      .notNull()
      .references(() => files.id),
    number: integer("number").notNull(),
    /** Goes up with every requeue that continues this run, from 1. */
    round: integer("round").notNull().default(1),
    graphVersion: integer("graph_version").notNull(),
    settings: jsonb("settings").$type<RunSettings>().notNull(),
    status: text("status", {
      enum: ["queued", "running", "held", "succeeded", "failed", "cancelled"],
    }).notNull(),
    traceId: text("trace_id").notNull().unique(),
    rootSpanId: text("root_span_id").notNull(),
    costNanoUsd: nanoUsd("cost_nano_usd").notNull().default(sql`0`),
    createdAt: instant("created_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    unique("runs_file_number").on(table.fileId, table.number),
    index("runs_unfinished").on(table.createdAt).where(sql`${table.finishedAt} is null`),
    // What became of the runs of a graph version (triage/graph-versions).
    index("runs_graph_version").on(table.graphVersion, table.status, table.createdAt.desc(), table.id.desc()),
    // How long documents take to be searchable, told from the newest (triage/overview).
    index("runs_succeeded").on(table.finishedAt.desc()).where(sql`${table.status} = 'succeeded'`),
    check(
      "runs_status",
      sql`${table.status} in ('queued', 'running', 'held', 'succeeded', 'failed', 'cancelled')`,
    ),
  ],
);
