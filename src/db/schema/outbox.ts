import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { steps } from "./steps.ts";

/** Messages that a commit decided to send; published after it, and again by the tick until confirmed. */
export const outbox = pgTable(
  "outbox",
  {
    id: text("id").primaryKey(),
    stepId: text("step_id")
      .notNull()
      .references(() => steps.id),
    dispatch: integer("dispatch").notNull(),
    /** Not before this time: a delivery that goes on in place keeps its next step's row back until then. */
    publishAfter: instant("publish_after").notNull(),
    /** QStash delivers the message not before this time, for a step that waits out a backoff. */
    deliverAfter: instant("deliver_after"),
    createdAt: instant("created_at").notNull(),
    publishedAt: instant("published_at"),
    messageId: text("message_id"),
  },
  (table) => [
    unique("outbox_step_dispatch").on(table.stepId, table.dispatch),
    index("outbox_message").on(table.messageId),
    index("outbox_unpublished").on(table.publishAfter).where(sql`${table.publishedAt} is null`),
  ],
);
