import { customType, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, quantity } from "./columns.ts";
import { runs } from "./runs.ts";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** One block of a page as it was extracted. */
export interface PageBlock {
  readonly kind: "heading" | "paragraph" | "list" | "table" | "code";
  readonly level?: number;
  readonly text: string;
  readonly tokens: number;
}

/** What was extracted, page by page; formats without pages have the one page 1. */
export const pages = pgTable(
  "pages",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    page: integer("page").notNull(),
    blocks: jsonb("blocks").$type<readonly PageBlock[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.page] })],
);

/** The pieces that are embedded and found. The id is derived from the file and the content. */
export const chunks = pgTable(
  "chunks",
  {
    id: text("id").notNull(),
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    ordinal: integer("ordinal").notNull(),
    text: text("text").notNull(),
    contentHash: text("content_hash").notNull(),
    headingPath: jsonb("heading_path").$type<readonly string[]>().notNull(),
    firstPage: integer("first_page").notNull(),
    lastPage: integer("last_page").notNull(),
    tokens: integer("tokens").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.ordinal] }), index("chunks_id").on(table.id)],
);

/** Vectors by model and content, so that text that did not change is never paid for twice. */
export const embeddings = pgTable(
  "embeddings",
  {
    model: text("model").notNull(),
    contentHash: text("content_hash").notNull(),
    /** float32, little endian. */
    vector: bytea("vector").notNull(),
    tokens: quantity("tokens").notNull(),
    /** The run that paid for it. */
    runId: text("run_id"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.model, table.contentHash] })],
);

/**
 * Chunks that a later round of the same run no longer has; their vectors are still in the index until finalize
 * removes them.
 */
export const replacedChunks = pgTable(
  "replaced_chunks",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id),
    id: text("id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.id] })],
);
