import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** The builds that have worked, with when each was at work first: what says which of two is the later one. */
export const deployments = pgTable(
  "deployments",
  {
    id: text("id").primaryKey(),
    firstSeenAt: instant("first_seen_at").notNull(),
  },
  (table) => [index("deployments_first_seen").on(table.firstSeenAt)],
);

/** The graph versions by which runs have gone, with when each was used first. */
export const graphVersions = pgTable(
  "graph_versions",
  {
    version: integer("version").primaryKey(),
    firstSeenAt: instant("first_seen_at").notNull(),
  },
  (table) => [index("graph_versions_first_seen").on(table.firstSeenAt)],
);
