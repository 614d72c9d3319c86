import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { listFiles } from "../files/list-files.ts";
import { type FoundPlace, foundPlacesSchema } from "./found-view.ts";

/** The most that is shown: whoever sees this many writes more of the name. */
const mostFound = 10;
/** A shorter part of a name would be looked for in every row. In characters. */
const shortestName = 3;

/**
 * Where an id leads to: of a file, run, step, attempt, message, trace, span, chunk, upload or content, or else
 * a part of a file's name. An id is told by its form, so that each costs one look-up in an index.
 */
export async function findById({ db }: Pick<DbContext, "db">, input: { id: string }): Promise<FoundPlace[]> {
  const id = input.id.trim();
  const lookUp = lookUpOf(id);
  const found = lookUp === undefined ? [] : await read(db, lookUp);
  return found.length > 0 ? found : findByName(db, id);
}

/** The `where` and the joins that lead from one kind of id to its run. */
interface LookUp {
  readonly what: FoundPlace["what"];
  /** Selects file_id, run_id, step and span_id of what has the id. */
  readonly places: SQL;
}

function lookUpOf(id: string): LookUp | undefined {
  const prefix = /^([a-z]+)_/.exec(id)?.[1];
  const byPrefix = prefix === undefined ? undefined : lookUps[prefix];
  if (byPrefix !== undefined) return byPrefix(id);
  const hex = id.toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) return contentLookUp(hex);
  if (/^[0-9a-f]{32}$/.test(hex)) return traceLookUp(hex);
  if (/^[0-9a-f]{16}$/.test(hex)) return spanLookUp(hex);
  return undefined;
}

const lookUps: Readonly<Record<string, (id: string) => LookUp>> = {
  file: (id) => ({
    what: "file",
    places: sql`select id as file_id, null as run_id, null as step, null as span_id from files where id = ${id}`,
  }),
  run: (id) => ({
    what: "run",
    places: sql`select file_id, id as run_id, null as step, null as span_id from runs where id = ${id}`,
  }),
  step: (id) => ({
    what: "step",
    places: sql`select runs.file_id, runs.id as run_id, steps.name as step, null as span_id
      from steps join runs on runs.id = steps.run_id where steps.id = ${id}`,
  }),
  att: (id) => ({ what: "attempt", places: attemptPlaces(sql`attempts.id = ${id}`) }),
  msg: (id) => ({ what: "message", places: messagePlaces(id) }),
  chunk: (id) => ({
    what: "chunk",
    places: sql`select runs.file_id, runs.id as run_id, 'chunk' as step, null as span_id
      from chunks join runs on runs.id = chunks.run_id where chunks.id = ${id}
      order by runs.number desc limit 1`,
  }),
  upl: (id) => ({
    what: "upload",
    places: sql`select file_id, run_id, null as step, null as span_id from uploads where id = ${id}`,
  }),
};

function contentLookUp(hash: string): LookUp {
  const places = sql`select id as file_id, null as run_id, null as step, null as span_id
    from files where content_hash = ${hash} order by created_at desc limit ${mostFound}`;
  return { what: "content", places };
}

function traceLookUp(traceId: string): LookUp {
  const places = sql`select file_id, id as run_id, null as step, null as span_id
    from runs where trace_id = ${traceId}`;
  return { what: "trace", places };
}

/** A span of an attempt that still runs is not stored yet, but its attempt names it. */
function spanLookUp(spanId: string): LookUp {
  const places = sql`${attemptPlaces(sql`attempts.span_id = ${spanId}`)}
    union select runs.file_id, runs.id as run_id, spans.attributes ->> 'waybill.step' as step, spans.span_id
    from spans join runs on runs.trace_id = spans.trace_id where spans.span_id = ${spanId}`;
  return { what: "span", places };
}

function attemptPlaces(condition: SQL): SQL {
  return sql`select runs.file_id, runs.id as run_id, steps.name as step, attempts.span_id
    from attempts join steps on steps.id = attempts.step_id join runs on runs.id = attempts.run_id
    where ${condition}`;
}

/** The step that a message was sent for; sent by a hand at QStash itself, its state log or its attempt tells. */
function messagePlaces(messageId: string): SQL {
  return sql`select distinct runs.file_id, runs.id as run_id, steps.name as step, null as span_id
    from (
      select step_id from outbox where message_id = ${messageId}
      union select step_id from message_states where message_id = ${messageId}
    ) as sent join steps on steps.id = sent.step_id join runs on runs.id = steps.run_id`;
}

async function read(db: Db, { what, places }: LookUp): Promise<FoundPlace[]> {
  const found = await db.execute(sql`
    select files.id as "fileId", files.name as "fileName", projects.slug as project, files.status,
      ${what}::text as what, runs.number as run, places.step, places.span_id as "spanId"
    from (${places}) as places
    join files on files.id = places.file_id
    join projects on projects.id = files.project_id
    left join runs on runs.id = places.run_id`);
  return foundPlacesSchema.parse(found.rows);
}

async function findByName(db: Db, name: string): Promise<FoundPlace[]> {
  if (name.length < shortestName) return [];
  const { items } = await listFiles({ db }, { name, limit: mostFound, cursor: null });
  return items.map((file) => ({
    fileId: file.id,
    fileName: file.name,
    project: file.project,
    status: file.status,
    what: "name",
    run: null,
    step: null,
    spanId: null,
  }));
}
