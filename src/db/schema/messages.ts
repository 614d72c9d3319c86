import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/**
 * What QStash's log said of our messages, kept beyond the time for which QStash keeps it. Rows are added by
 * the tick and never changed. A message whose delivery failed passes through the same states again.
 */
export const messageStates = pgTable(
  "message_states",
  {
    messageId: text("message_id").notNull(),
    at: instant("at").notNull(),
    /** As QStash spells it: CREATED, ACTIVE, DELIVERED, RETRY, ERROR, FAILED, CANCEL_REQUESTED, CANCELED. */
    state: text("state").notNull(),
    stepId: text("step_id").notNull(),
    dispatch: integer("dispatch").notNull(),
    error: text("error"),
    responseStatus: integer("response_status"),
    nextDeliveryAt: instant("next_delivery_at"),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.at, table.state] }),
    index("message_states_step").on(table.stepId, table.at),
  ],
);

/** How far the log has been copied: one row. */
export const messageLogPosition = pgTable("message_log_position", {
  id: text("id").primaryKey(),
  /** Everything that was logged before is copied. */
  copiedUntil: instant("copied_until").notNull(),
  /** The end of the span of time that is being copied, newest first; null between two of them. */
  windowUntil: instant("window_until"),
  /** Where QStash's list goes on within that span. */
  cursor: text("cursor"),
});
