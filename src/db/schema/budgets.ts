import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { budgetModes, budgetScopes, budgetWindows } from "../budget-kinds.ts";
import { instant, nanoUsd } from "./columns.ts";
import { projects } from "./projects.ts";
import { steps } from "./steps.ts";

const scope = () => text("scope", { enum: budgetScopes }).notNull();
const timeWindow = () => text("time_window", { enum: budgetWindows }).notNull();
const mode = () => text("mode", { enum: budgetModes }).notNull();

/** How much may be spent on what, in which time. */
export const budgets = pgTable(
  "budgets",
  {
    id: text("id").primaryKey(),
    scope: scope(),
    projectId: text("project_id").references(() => projects.id),
    step: text("step"),
    timeWindow: timeWindow(),
    /** IANA name of the zone in which days and months begin. */
    timeZone: text("time_zone").notNull(),
    limitNanoUsd: nanoUsd("limit_nano_usd").notNull(),
    mode: mode(),
    /** In percent of the limit: at each an alert is raised, once a window. */
    thresholds: integer("thresholds").array().notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    /** When it was taken away; it counts for nothing from then on, and stays for what names it. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    uniqueIndex("budgets_one_of_a_kind")
      .on(
        table.scope,
        sql`coalesce(${table.projectId}, '')`,
        sql`coalesce(${table.step}, '')`,
        table.timeWindow,
        table.mode,
      )
      .where(sql`${table.removedAt} is null`),
    check(
      "budgets_scope",
      sql`case ${table.scope}
        when 'deployment' then ${table.projectId} is null and ${table.step} is null
        when 'project' then ${table.projectId} is not null and ${table.step} is null
        when 'project-step' then ${table.projectId} is not null and ${table.step} is not null
        when 'file' then ${table.step} is null
        else false end`,
    ),
    check("budgets_window", sql`${table.timeWindow} in ('hour', 'day', 'month', 'total')`),
    check("budgets_mode", sql`${table.mode} in ('hard', 'soft')`),
    check("budgets_limit", sql`${table.limitNanoUsd} >= 0`),
  ],
);

/**
 * What a budget has counted in its present window, for one subject: one row a budget, and one for each file that
 * is under way where the budget caps files. Limit and mode are copies, so that the check can hold them.
 */
export const budgetAccounts = pgTable(
  "budget_accounts",
  {
    budgetId: text("budget_id")
      .notNull()
      .references(() => budgets.id),
    /** The subject: see costs/budgets/budget-keys.ts. */
    key: text("key").notNull(),
    timeWindow: timeWindow(),
    timeZone: text("time_zone").notNull(),
    limitNanoUsd: nanoUsd("limit_nano_usd").notNull(),
    mode: mode(),
    thresholds: integer("thresholds").array().notNull(),
    /** When the present window began; it only moves forward. The epoch where the window is `total`. */
    windowStart: instant("window_start").notNull(),
    /** The sum of the ledger entries from then on. */
    settledNanoUsd: nanoUsd("settled_nano_usd").notNull(),
    /** The sum of the open reservations. It belongs to no window: it is carried into the next. */
    reservedNanoUsd: nanoUsd("reserved_nano_usd").notNull(),
    /** Of what is settled, what no reservation had covered. */
    unreservedNanoUsd: nanoUsd("unreserved_nano_usd").notNull(),
    /** How far above the limit it stands, for a reason that no reservation could prevent. */
    excessNanoUsd: nanoUsd("excess_nano_usd").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.budgetId, table.key] }),
    index("budget_accounts_key").on(table.key),
    check("budget_accounts_reserved", sql`${table.reservedNanoUsd} >= 0 and ${table.excessNanoUsd} >= 0`),
    // The promise itself: a reservation never takes a hard budget above its limit.
    check(
      "budget_accounts_limit",
      sql`${table.mode} = 'soft' or ${table.settledNanoUsd} + ${table.reservedNanoUsd} <= ${table.limitNanoUsd} + ${table.excessNanoUsd}`,
    ),
  ],
);

/** What a lease may buy, line by line, at most. */
export interface ReservedSpending {
  readonly projectId: string;
  readonly step: string;
  readonly lines: readonly {
    readonly place: number;
    readonly meter: string;
    readonly provider: string;
    readonly model: string;
    readonly quantity: number;
  }[];
}

/**
 * Money that is set aside before something is done: one row for a dispatch of a step or a lease of searches. It counts in
 * every account whose key it has. What is spent is taken out of it, and what is left is given back at its end.
 */
export const reservations = pgTable(
  "reservations",
  {
    id: text("id").primaryKey(),
    stepId: text("step_id"),
    runId: text("run_id"),
    dispatch: integer("dispatch"),
    keys: text("keys").array().notNull(),
    /** What it is for, where it is no step: put down when the process died that was buying it. */
    spending: jsonb("spending").$type<ReservedSpending>(),
    /** All that was ever set aside by it. */
    grantedNanoUsd: nanoUsd("granted_nano_usd").notNull(),
    /** What is left of it for the work of one attempt. */
    workNanoUsd: nanoUsd("work_nano_usd").notNull(),
    /** What is left of it for the deliveries that the message may still cost. */
    messagesNanoUsd: nanoUsd("messages_nano_usd").notNull(),
    /** How long an attempt may work before more must be reserved, in ms. */
    workMs: integer("work_ms").notNull(),
    /** Whether a delivery was paid from it: then its message is with QStash, and may be delivered again. */
    delivered: boolean("delivered").notNull().default(false),
    state: text("state", { enum: ["open", "closed"] }).notNull(),
    createdAt: instant("created_at").notNull(),
    /** When the work ended; what is kept after that is for deliveries that may still come. */
    endedAt: instant("ended_at"),
    closedAt: instant("closed_at"),
  },
  (table) => [
    index("reservations_run_open").on(table.runId).where(sql`${table.state} = 'open'`),
    index("reservations_spending_open")
      .on(table.createdAt)
      .where(sql`${table.state} = 'open' and ${table.spending} is not null`),
    index("reservations_ended_open").on(table.endedAt).where(sql`${table.state} = 'open'`),
    index("reservations_closed").on(table.closedAt).where(sql`${table.state} = 'closed'`),
    check("reservations_left", sql`${table.workNanoUsd} >= 0 and ${table.messagesNanoUsd} >= 0`),
    check(
      "reservations_closed_is_empty",
      sql`${table.state} = 'open' or (${table.workNanoUsd} = 0 and ${table.messagesNanoUsd} = 0)`,
    ),
  ],
);

/** A step that waits for money, and how that ended. */
export const budgetHolds = pgTable(
  "budget_holds",
  {
    id: text("id").primaryKey(),
    stepId: text("step_id")
      .notNull()
      .references(() => steps.id),
    runId: text("run_id").notNull(),
    /** The budget that had no room, and the account of it. */
    budgetId: text("budget_id")
      .notNull()
      .references(() => budgets.id),
    key: text("key").notNull(),
    /** What must be reserved for the step to go on. */
    neededNanoUsd: nanoUsd("needed_nano_usd").notNull(),
    /** Since when the document is under way: the oldest goes on first. */
    rank: instant("rank").notNull(),
    since: instant("since").notNull(),
    /** The step's shard: siblings go on in their order. */
    place: integer("place").notNull(),
    /** Somebody lets it go on though the budget has no room. */
    forced: boolean("forced").notNull().default(false),
    until: instant("until"),
    /** `room`: the budget had room again; `person`: somebody let it go; `run`: its run ended meanwhile. */
    endedBy: text("ended_by", { enum: ["room", "person", "run"] }),
  },
  (table) => [
    uniqueIndex("budget_holds_open_step").on(table.stepId).where(sql`${table.until} is null`),
    index("budget_holds_open")
      .on(table.budgetId, table.key, table.rank, table.since, table.place)
      .where(sql`${table.until} is null`),
    index("budget_holds_forced").on(table.rank).where(sql`${table.until} is null and ${table.forced}`),
    index("budget_holds_run").on(table.runId),
    check("budget_holds_end", sql`(${table.until} is null) = (${table.endedBy} is null)`),
  ],
);

/** A threshold that an account crossed: once a window. */
export const budgetAlerts = pgTable(
  "budget_alerts",
  {
    budgetId: text("budget_id")
      .notNull()
      .references(() => budgets.id),
    key: text("key").notNull(),
    windowStart: instant("window_start").notNull(),
    percent: integer("percent").notNull(),
    settledNanoUsd: nanoUsd("settled_nano_usd").notNull(),
    reservedNanoUsd: nanoUsd("reserved_nano_usd").notNull(),
    limitNanoUsd: nanoUsd("limit_nano_usd").notNull(),
    at: instant("at").notNull(),
    /** When it was told to those who asked to be told. */
    sentAt: instant("sent_at"),
  },
  (table) => [
    primaryKey({ columns: [table.budgetId, table.key, table.windowStart, table.percent] }),
    index("budget_alerts_unsent").on(table.at).where(sql`${table.sentAt} is null`),
  ],
);
