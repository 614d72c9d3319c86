import { boolean, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** What somebody wants to look at again: a page of the console with its filters, order and span of time. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: text("id").primaryKey(),
    /** The id of the principal whose it is: a key or a person. */
    ownerId: text("owner_id").notNull(),
    ownerName: text("owner_name").notNull(),
    /** Everybody sees it; only its owner changes it or takes it away. */
    shared: boolean("shared").notNull(),
    /** The path of the page, as "/failures". */
    page: text("page").notNull(),
    name: text("name").notNull(),
    /** The page's state, as it stands in the address after the question mark. */
    query: text("query").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    unique("saved_views_name").on(table.ownerId, table.page, table.name),
    index("saved_views_shared").on(table.page, table.name, table.id),
  ],
);
