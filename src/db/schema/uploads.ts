import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant, quantity } from "./columns.ts";
import { projects } from "./projects.ts";

/** A browser upload that goes straight to Blob, from the token to the accepted or refused file. */
export const uploads = pgTable(
  "uploads",
  {
    id: text("id").primaryKey(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    name: text("name").notNull(),
    pathname: text("pathname").notNull().unique(),
    /** Whether the browser sends it in parts, each of which is an operation. */
    inParts: boolean("in_parts").notNull().default(false),
    state: text("state", { enum: ["pending", "accepted", "refused"] }).notNull(),
    fileId: text("file_id"),
    runId: text("run_id"),
    traceId: text("trace_id"),
    duplicate: text("duplicate", { enum: ["yes", "no"] }),
    errorCode: text("error_code"),
    errorDetails: jsonb("error_details").$type<Record<string, string | number | boolean | null>>(),
    bytes: quantity("bytes"),
    createdAt: instant("created_at").notNull(),
    completedAt: instant("completed_at"),
  },
  (table) => [
    index("uploads_pending").on(table.createdAt).where(sql`${table.state} = 'pending'`),
    check("uploads_state", sql`${table.state} in ('pending', 'accepted', 'refused')`),
  ],
);
