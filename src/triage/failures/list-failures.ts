import { and, eq, exists, gte, inArray, isNull, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { FailureState, failureSorts } from "../../db/failure-states.ts";
import { failureGroupProjects, failureGroups } from "../../db/schema/failures.ts";
import { projects } from "../../db/schema/projects.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { FailureSummary } from "./failure-view.ts";
import { summarise } from "./summarise.ts";

/** Which failure groups, and in which order; what is left out narrows nothing. */
export interface FailureFilter {
  readonly states?: readonly FailureState[] | undefined;
  readonly step?: string | undefined;
  readonly code?: string | undefined;
  /** The slug of a project in which the failure has happened. */
  readonly project?: string | undefined;
  /** Part of the newest sentence, in any case. */
  readonly q?: string | undefined;
  /** Seen last from this time on. */
  readonly since?: Date | undefined;
  /** Seen first before this time. */
  readonly until?: Date | undefined;
  readonly sort: FailureSort;
}

type FailureSort = (typeof failureSorts)[number];

const time = z.iso.datetime();
const count = z.string().regex(/^\d{1,18}$/);

/** By what each order sorts, how its key is written into a cursor, and of which type it is in SQL. */
const orders = {
  "last-seen": { column: failureGroups.lastSeenAt, key: time, type: sql`timestamptz` },
  "first-seen": { column: failureGroups.firstSeenAt, key: time, type: sql`timestamptz` },
  failures: { column: failureGroups.failures, key: count, type: sql`bigint` },
  files: { column: failureGroups.files, key: count, type: sql`bigint` },
  wasted: { column: failureGroups.wastedNanoUsd, key: count, type: sql`bigint` },
};

/** Failure groups, the most first; those that were merged into others are not among them. @throws WaybillError malformed_request for a cursor of another list */
export async function listFailures(
  { db, clock }: Pick<DbContext, "db"> & { readonly clock: Clock },
  input: FailureFilter & PageRequest,
): Promise<{ items: FailureSummary[]; nextCursor: string | null }> {
  const { states, step, code, project, q, since, until, sort } = input;
  const { column, key, type } = orders[sort];
  const after = parseCursor(z.tuple([z.literal(sort), key, z.string()]), input.cursor);
  const projectId = project === undefined ? undefined : await projectIdOf(db, project);
  if (projectId === null) return { items: [], nextCursor: null };
  const found = await db
    .select()
    .from(failureGroups)
    .where(
      and(
        isNull(failureGroups.mergedInto),
        states && inArray(failureGroups.state, [...states]),
        step === undefined ? undefined : eq(failureGroups.step, step),
        code === undefined ? undefined : eq(failureGroups.code, code),
        projectId === undefined ? undefined : happenedIn(db, projectId),
        q === undefined ? undefined : sql`position(lower(${q}) in lower(${failureGroups.message})) > 0`,
        since && gte(failureGroups.lastSeenAt, since),
        until && lt(failureGroups.firstSeenAt, until),
        after === null
          ? undefined
          : sql`(${column}, ${failureGroups.id}) < (${after[1]}::${type}, ${after[2]})`,
      ),
    )
    // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(sql`${column} desc nulls last`, sql`${failureGroups.id} desc nulls last`)
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  const items = await summarise(db, rows, clock.now());
  return { items, nextCursor: last && formatCursor([sort, keyOf(last, sort), last.id]) };
}

/**
 * Looked up by itself: Postgres knows how many groups each id of a project has when it plans, of a slug it does not. So
 * a frequent project is read along the order's index until the page is full, a rare one from its own few groups.
 */
async function projectIdOf(db: Db, slug: string): Promise<string | null> {
  const [project] = await db.select({ id: projects.id }).from(projects).where(eq(projects.slug, slug));
  return project?.id ?? null;
}

function happenedIn(db: Db, projectId: string) {
  const here = eq(failureGroupProjects.projectId, projectId);
  return exists(
    db
      .select({ one: sql`1` })
      .from(failureGroupProjects)
      .where(and(eq(failureGroupProjects.groupId, failureGroups.id), here)),
  );
}

function keyOf(group: typeof failureGroups.$inferSelect, sort: FailureSort): string {
  switch (sort) {
    case "last-seen":
      return group.lastSeenAt.toISOString();
    case "first-seen":
      return group.firstSeenAt.toISOString();
    case "failures":
      return String(group.failures);
    case "files":
      return String(group.files);
    case "wasted":
      return group.wastedNanoUsd.toString();
  }
}
