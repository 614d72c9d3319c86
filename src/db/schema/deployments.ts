import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
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

/** The graph versions by which runs have gone, with when each was used first and what it was. */
export const graphVersions = pgTable(
  "graph_versions",
  {
    version: integer("version").primaryKey(),
    firstSeenAt: instant("first_seen_at").notNull(),
    /** The graph as it ran, written once, so that it can be shown when no build has it any more. */
    graph: jsonb("graph").$type<unknown>(),
  },
  (table) => [index("graph_versions_first_seen").on(table.firstSeenAt)],
);
