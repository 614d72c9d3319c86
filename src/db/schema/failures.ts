import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { failureStates } from "../failure-states.ts";
import { instant, nanoUsd } from "./columns.ts";
import { files } from "./files.ts";
import { projects } from "./projects.ts";

/** Failures of one kind, with the sums that lists show; counted in the transaction of each failure. */
export const failureGroups = pgTable(
  "failure_groups",
  {
    id: text("id").primaryKey(),
    state: text("state", { enum: failureStates }).notNull().default("open"),
    step: text("step").notNull(),
    code: text("code").notNull(),
    /** The sentence of the newest failure. */
    message: text("message").notNull(),
    provider: text("provider"),
    /** The provider's HTTP status. */
    status: integer("status"),
    failures: integer("failures").notNull().default(0),
    files: integer("files").notNull().default(0),
    /** How many files stand failed by it now. */
    standing: integer("standing").notNull().default(0),
    attempts: integer("attempts").notNull().default(0),
    wastedNanoUsd: nanoUsd("wasted_nano_usd").notNull().default(sql`0`),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    graphVersions: integer("graph_versions").array().notNull().default(sql`'{}'`),
    deployments: text("deployments").array().notNull().default(sql`'{}'`),
    assigneeKeyId: text("assignee_key_id"),
    ignoredUntil: instant("ignored_until"),
    /** How many failures the group has when it is open again. */
    ignoredToFailures: integer("ignored_to_failures"),
    /** The deployment that claims to have mended it, and since when it does. */
    resolvedIn: text("resolved_in"),
    resolvedAt: instant("resolved_at"),
    regressedIn: text("regressed_in"),
    /** The group that has its failures now; it takes none itself any longer. */
    mergedInto: text("merged_into").references((): AnyPgColumn => failureGroups.id),
    mergedAt: instant("merged_at"),
  },
  (table) => [
    index("failure_groups_last_seen").on(table.lastSeenAt.desc(), table.id.desc()),
    index("failure_groups_first_seen").on(table.firstSeenAt.desc(), table.id.desc()),
    index("failure_groups_failures").on(table.failures.desc(), table.id.desc()),
    index("failure_groups_files").on(table.files.desc(), table.id.desc()),
    index("failure_groups_wasted").on(table.wastedNanoUsd.desc(), table.id.desc()),
    // What fails now, the worst first (triage/overview).
    index("failure_groups_standing")
      .on(table.standing.desc(), table.id.desc())
      .where(sql`${table.state} in ('open', 'regressed') and ${table.mergedInto} is null`),
    index("failure_groups_ignored_until").on(table.ignoredUntil).where(sql`${table.state} = 'ignored'`),
    index("failure_groups_merged").on(table.mergedInto).where(sql`${table.mergedInto} is not null`),
    check("failure_groups_state", sql`${table.state} in ('open', 'regressed', 'ignored', 'resolved')`),
    check("failure_groups_standing", sql`${table.standing} between 0 and ${table.files}`),
  ],
);

/** Which group a fingerprint's failures belong to, by the version of what makes fingerprints. */
export const failureFingerprints = pgTable(
  "failure_fingerprints",
  {
    version: integer("version").notNull(),
    fingerprint: text("fingerprint").notNull(),
    groupId: text("group_id")
      .notNull()
      .references(() => failureGroups.id),
    /** A sentence that has this fingerprint: the first that was met. */
    message: text("message").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.version, table.fingerprint] }),
    index("failure_fingerprints_group").on(table.groupId),
  ],
);

/**
 * What a split has taught: of a fingerprint's failures, those whose sentence has this part belong to another group.
 * Rules of one fingerprint are a tree: a rule is asked once its parent has said yes, of several the oldest first.
 */
export const failureSplits = pgTable(
  "failure_splits",
  {
    /** In the order in which they were made. */
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    version: integer("version").notNull(),
    fingerprint: text("fingerprint").notNull(),
    parentId: integer("parent_id").references((): AnyPgColumn => failureSplits.id),
    /** Looked for as it is written. */
    contains: text("contains").notNull(),
    groupId: text("group_id")
      .notNull()
      .references(() => failureGroups.id),
  },
  (table) => [
    index("failure_splits_fingerprint").on(table.version, table.fingerprint),
    index("failure_splits_group").on(table.groupId),
  ],
);

/**
 * Merges and splits that are still moving what they have ordered: new failures go where they belong at once, those that
 * were there follow in turns. A group is in one move at a time.
 */
export const failureMoves = pgTable(
  "failure_moves",
  {
    fromGroupId: text("from_group_id")
      .primaryKey()
      .references(() => failureGroups.id),
    intoGroupId: text("into_group_id")
      .notNull()
      .references(() => failureGroups.id),
    /** Of a split: the part of a sentence by which a failure moves. Null of a merge: all move. */
    contains: text("contains"),
    /** The files up to this one have moved, in the order of their ids. */
    afterFileId: text("after_file_id").notNull().default(""),
  },
  (table) => [index("failure_moves_into").on(table.intoGroupId)],
);

/** What people wrote of a group. Rows are added, never changed; a merge takes them along. */
export const failureNotes = pgTable(
  "failure_notes",
  {
    id: text("id").primaryKey(),
    groupId: text("group_id")
      .notNull()
      .references(() => failureGroups.id),
    at: instant("at").notNull(),
    keyId: text("key_id").notNull(),
    /** The key's name as it was then. */
    keyName: text("key_name").notNull(),
    text: text("text").notNull(),
  },
  (table) => [index("failure_notes_newest").on(table.groupId, table.at.desc(), table.id.desc())],
);

/** Each failure that failed a run; the id is derived from the step's dispatch, so that twice is once. */
export const failures = pgTable(
  "failures",
  {
    id: text("id").primaryKey(),
    groupId: text("group_id")
      .notNull()
      .references(() => failureGroups.id),
    fileId: text("file_id")
      .notNull()
      .references(() => files.id),
    runId: text("run_id").notNull(),
    stepId: text("step_id").notNull(),
    round: integer("round").notNull(),
    code: text("code").notNull(),
    message: text("message").notNull(),
    /** Of the step's last attempt; null where none had started. */
    deployment: text("deployment"),
    graphVersion: integer("graph_version").notNull(),
    attempts: integer("attempts").notNull(),
    wastedNanoUsd: nanoUsd("wasted_nano_usd").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("failures_group").on(table.groupId, table.at),
    index("failures_file").on(table.fileId, table.at),
  ],
);

/** The files that a group's failure has happened to. */
export const failureGroupFiles = pgTable(
  "failure_group_files",
  {
    groupId: text("group_id")
      .notNull()
      .references(() => failureGroups.id),
    fileId: text("file_id")
      .notNull()
      .references(() => files.id),
    /** How often in a row: 0 once the file succeeded or failed in another way. */
    times: integer("times").notNull(),
    /** Whether the file stands failed by it now. */
    standing: boolean("standing").notNull(),
    lastFailedAt: instant("last_failed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.fileId] }),
    index("failure_group_files_file").on(table.fileId),
    index("failure_group_files_newest").on(table.groupId, table.lastFailedAt.desc(), table.fileId.desc()),
  ],
);

/** In which projects a group's failure has happened: what lists of one project's groups are read by. */
export const failureGroupProjects = pgTable(
  "failure_group_projects",
  {
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id),
    groupId: text("group_id")
      .notNull()
      .references(() => failureGroups.id),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.groupId] }),
    index("failure_group_projects_group").on(table.groupId),
  ],
);

/** How many failures a group had in each hour. */
export const failureGroupHours = pgTable(
  "failure_group_hours",
  {
    groupId: text("group_id")
      .notNull()
      .references(() => failureGroups.id),
    hour: instant("hour").notNull(),
    failures: integer("failures").notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.hour] })],
);
