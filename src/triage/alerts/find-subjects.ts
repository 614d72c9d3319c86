import { and, asc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { AlertKind } from "../../db/alert-kinds.ts";
import type { Db } from "../../db/client.ts";
import { breakers, providerChanges } from "../../db/schema/breakers.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { countStuck } from "../stuck/count-stuck.ts";
import type { AlertRuleRow, AlertSubject } from "./alert-subject.ts";
import { findNewGroups, findReturnedGroups } from "./find-groups.ts";
import { findLargeGroups } from "./find-large.ts";
import { findStopped } from "./find-stopped.ts";

const minuteMs = 60_000;
/** A breaker that has closed again before a tick came by is told of all the same. */
const openedLatelyMs = 5 * minuteMs;
/** Most stuck steps that are counted. */
const mostSteps = 500;

/** What is so now, of what a rule tells; of what does not end, what it has not told of yet. */
export function findSubjects(db: Db, rule: AlertRuleRow, now: Date): Promise<AlertSubject[]> {
  return finders[rule.kind](db, rule, now);
}

const finders: Readonly<
  Record<AlertKind, (db: Db, rule: AlertRuleRow, now: Date) => Promise<AlertSubject[]>>
> = {
  "new-failure": findNewGroups,
  "returned-failure": findReturnedGroups,
  "large-failure": findLargeGroups,
  "stopped-requeue": findStopped,
  stuck: findStuck,
  breaker: findOpen,
  backlog: findBacklog,
};

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
