import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** Entries of QStash's dead letter queue that are of no more use; removed there by the requeue or the tick. */
export const spentDeadLetters = pgTable("spent_dead_letters", {
  dlqId: text("dlq_id").primaryKey(),
  createdAt: instant("created_at").notNull(),
});
