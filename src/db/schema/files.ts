import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, nanoUsd, quantity } from "./columns.ts";
import { projects } from "./projects.ts";

/** A document as it was uploaded. Its status is that of its newest run. */
export const files = pgTable(
  "files",
  {
    id: text("id").primaryKey(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    name: text("name").notNull(),
    contentHash: text("content_hash").notNull(),
    bytes: quantity("bytes").notNull(),
    mediaType: text("media_type").notNull(),
    blobUrl: text("blob_url").notNull(),
    status: text("status", {
      enum: ["queued", "running", "held", "succeeded", "failed", "cancelled"],
    }).notNull(),
    /** The run whose vectors are in the index; set by finalize. */
    currentRunId: text("current_run_id"),
    /** The newest run, whatever its state. */
    latestRunId: text("latest_run_id").notNull(),
    /** The running number of the newest run, from 1. */
    runCount: integer("run_count").notNull().default(1),
    pages: integer("pages"),
    chunkCount: integer("chunk_count"),
    attemptCount: integer("attempt_count").notNull().default(0),
    failedStep: text("failed_step"),
    errorCode: text("error_code"),
    costNanoUsd: nanoUsd("cost_nano_usd").notNull().default(sql`0`),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    unique("files_project_content").on(table.projectId, table.contentHash),
    index("files_content").on(table.contentHash),
    index("files_newest").on(table.createdAt.desc(), table.id.desc()),
    index("files_project_newest").on(table.projectId, table.createdAt.desc(), table.id.desc()),
    index("files_status_newest").on(table.status, table.createdAt.desc(), table.id.desc()),
    index("files_project_status_newest").on(
      table.projectId,
      table.status,
      table.createdAt.desc(),
      table.id.desc(),
    ),
    // What stands failed at a step.
    index("files_failed_step_newest")
      .on(table.failedStep, table.createdAt.desc(), table.id.desc())
      .where(sql`${table.failedStep} is not null`),
    // What a reconciliation holds against the index, project by project.
    index("files_done").on(table.projectId, table.id).where(sql`${table.status} = 'succeeded'`),
    index("files_name_trigram").using("gin", sql`${table.name} gin_trgm_ops`),
    check(
      "files_status",
      sql`${table.status} in ('queued', 'running', 'held', 'succeeded', 'failed', 'cancelled')`,
    ),
  ],
);
