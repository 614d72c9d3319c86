import { and, asc, eq, gt, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { AlertKind } from "../../db/alert-kinds.ts";
import type { Db } from "../../db/client.ts";
import { type alertRules, alerts } from "../../db/schema/alerts.ts";
import { breakers, providerChanges } from "../../db/schema/breakers.ts";
import { failureGroupProjects, failureGroups } from "../../db/schema/failures.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { countStuck } from "../stuck/count-stuck.ts";

/** A rule's row. */
export type AlertRuleRow = typeof alertRules.$inferSelect;

/** Something that a rule tells of. */
export interface AlertSubject {
  /** The same subject is told of once. */
  readonly subject: string;
  readonly text: string;
  readonly path: string;
  /** Whether it can be over, and so be told of again. */
  readonly ends: boolean;
}

const minuteMs = 60_000;
/** A rule that ticks could not look at for a while still tells of what was then. */
const lookBackMs = 24 * 60 * minuteMs;
/** A breaker that has closed again before a tick came by is told of all the same. */
const openedLatelyMs = 5 * minuteMs;
/** Most new subjects of a rule in one tick; the next takes the rest. */
const mostAtOnce = 20;
/** Most stuck steps that are counted. */
const mostSteps = 500;

/** What is so now, of what a rule tells; of what does not end, what it has not told of yet. */
export function findSubjects(db: Db, rule: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  return finders[rule.kind](db, rule, now);
}

const finders: Readonly<
  Record<AlertKind, (db: Db, rule: AlertRuleRow, now: Date) => Promise<AlertSubject[]>>
> = {
  "new-failure": (db, rule, now) =>
    findGroups(db, rule, {
      holds: and(eq(failureGroups.state, "open"), gt(failureGroups.firstSeenAt, since(rule, now))),
      subject: sql<string>`${failureGroups.id}`,
      says: "A new failure",
    }),
  "returned-failure": (db, rule, now) =>
    findGroups(db, rule, {
      holds: and(eq(failureGroups.state, "regressed"), gt(failureGroups.lastSeenAt, since(rule, now))),
      // It is told of again when it comes back after another mending.
      subject: sql<string>`concat(${failureGroups.id}, '.', extract(epoch from ${failureGroups.resolvedAt}))`,
      says: "A failure came back",
    }),
  stuck: findStuck,
  breaker: findOpen,
  backlog: findBacklog,
};

function since(rule: AlertRuleRow, now: Date): Date {
  return new Date(Math.max(rule.since.getTime(), now.getTime() - lookBackMs));
}

async function findGroups(
  db: Db,
  { id: ruleId, projectId }: AlertRuleRow,
  { holds, subject, says }: { holds: SQL | undefined; subject: SQL<string>; says: string },
): Promise<AlertSubject[]> {
  const { id, step, code, message, firstSeenAt, mergedInto } = failureGroups;
  const groups = await db
    .select({ id, step, code, message, subject })
    .from(failureGroups)
    .where(
      and(
        holds,
        isNull(mergedInto),
        // A scalar that ends at the first row: a "not exists" is planned as a scan of all that the rule has told.
        sql`coalesce((select false from ${alerts} where ${alerts.ruleId} = ${ruleId} and ${alerts.subject} = ${subject}
          and ${alerts.endedAt} is null limit 1), true)`,
        projectId === null
          ? undefined
          : sql`exists (select from ${failureGroupProjects} where ${failureGroupProjects.projectId} = ${projectId}
              and ${failureGroupProjects.groupId} = ${id})`,
      ),
    )
    .orderBy(asc(firstSeenAt), asc(id))
    .limit(mostAtOnce);
  return groups.map((group) => ({
    subject: group.subject,
    text: `${says} in ${group.step} (${group.code}): ${group.message}`,
    path: `/failures/${encodeURIComponent(group.id)}`,
    ends: false,
  }));
}

async function findStuck(db: Db, { minutes, projectId }: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  const patience = minutes ?? 0;
  const counted = await countStuck(db, { now, most: mostSteps, projectId });
  return counted
    .filter((reason) => reason.since.getTime() <= now.getTime() - patience * minuteMs)
    .map(({ reason, steps }) => ({
      subject: reason,
      text: `${steps}${steps >= mostSteps ? " or more" : ""} ${steps === 1 ? "step does" : "steps do"} not go on (${reason}), the first for longer than ${patience} min.`,
      path: `/stuck?${new URLSearchParams({ reason })}`,
      ends: true,
    }));
}

async function findOpen(db: Db, rule: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  const lately = new Date(Math.max(rule.since.getTime(), now.getTime() - openedLatelyMs));
  const opened = sql`exists (select from ${providerChanges} where ${providerChanges.provider} = ${breakers.provider}
    and ${providerChanges.toState} = 'open' and ${providerChanges.fromState} = 'closed'
    and ${providerChanges.at} > ${lately.toISOString()}::timestamptz)`;
  const found = await db
    .select({ provider: breakers.provider, reason: breakers.reason })
    .from(breakers)
    .where(or(ne(breakers.state, "closed"), opened));
  return found.map(({ provider, reason }) => ({
    subject: provider,
    text: `The breaker of ${provider} opened.${reason === null ? "" : ` ${reason}`}`,
    path: `/providers?${new URLSearchParams({ provider })}`,
    ends: true,
  }));
}

async function findBacklog(db: Db, { minutes, projectId }: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  const patience = minutes ?? 0;
  const [oldest] = await db
    .select({ id: files.id })
    .from(runs)
    .innerJoin(files, eq(files.id, runs.fileId))
    .where(
      and(
        isNull(runs.finishedAt),
        lt(runs.createdAt, new Date(now.getTime() - patience * minuteMs)),
        projectId === null ? undefined : eq(files.projectId, projectId),
      ),
    )
    .orderBy(asc(runs.createdAt))
    .limit(1);
  if (oldest === undefined) return [];
  // Not its name, which is somebody's document: this is read elsewhere.
  const text = `The oldest file under way began more than ${patience} min ago.`;
  return [{ subject: "backlog", text, path: `/files/${encodeURIComponent(oldest.id)}`, ends: true }];
}
