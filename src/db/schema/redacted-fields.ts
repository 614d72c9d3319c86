import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** Fields of payloads whose values are not shown, as admins have named them; those that are always hidden are code. */
export const redactedFields = pgTable("redacted_fields", {
  id: text("id").primaryKey(),
  field: text("field").notNull(),
  /** The name as fields are compared by: there once. */
  folded: text("folded").notNull().unique(),
  createdAt: instant("created_at").notNull(),
  /** Who named it, as they were called then. */
  createdBy: text("created_by").notNull(),
});
