import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** A project: one namespace of the vector index and one set of chunking settings. */
export const projects = pgTable("projects", {
  id: text("id").primaryKey(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  chunkMaxTokens: integer("chunk_max_tokens").notNull().default(512),
  chunkOverlapTokens: integer("chunk_overlap_tokens").notNull().default(48),
  createdAt: instant("created_at").notNull(),
});
