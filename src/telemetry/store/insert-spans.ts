import { DrizzleQueryError, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { StoredEvent, StoredLink } from "../../db/schema/spans.ts";

/** A span as the statement takes it. Nanoseconds are decimal texts, `started_at` is ISO 8601 in UTC. */
export interface SpanRow {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id: string | null;
  readonly name: string;
  readonly kind: string;
  readonly start_ns: string;
  readonly end_ns: string;
  readonly started_at: string;
  readonly status: string;
  readonly status_message: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly StoredEvent[];
  readonly links: readonly StoredLink[];
  readonly file_id: string | null;
  readonly run_id: string | null;
}

/** SQLSTATE of a row that its partition may not take. */
const checkViolation = z.object({ code: z.literal("23514") });

/**
 * Writes spans in one statement. One that is there already stays as it is, unless it ends later now: a run's
 * root does when the run goes on in a further round, and an attempt whose worker outlived its lease.
 */
export async function insertSpans(db: Db, rows: readonly SpanRow[]): Promise<void> {
  const statement = insertStatement(toJson(lastOfEach(rows)));
  try {
    await db.execute(statement);
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    if (!checkViolation.safeParse(cause).success) throw error;
    // The day of a span was attached while the row was on its way to the default partition: it has a place now.
    await db.execute(statement);
  }
}

/** A statement may write each row only once: of the same span twice the one that ends later. */
function lastOfEach(rows: readonly SpanRow[]): SpanRow[] {
  const last = new Map<string, SpanRow>();
  for (const row of rows) {
    const key = `${row.trace_id}.${row.span_id}.${row.started_at}`;
    const other = last.get(key);
    if (other === undefined || BigInt(row.end_ns) >= BigInt(other.end_ns)) last.set(key, row);
  }
  return [...last.values()];
}

/** As Postgres reads it fastest: what is kept as JSON is text in it, and not taken apart and put together again. */
function toJson(rows: readonly SpanRow[]): string {
  return JSON.stringify(
    rows.map(({ attributes, events, links, ...row }) => ({
      ...row,
      attributes: JSON.stringify(attributes),
      events: JSON.stringify(events),
      links: JSON.stringify(links),
    })),
  );
}

function insertStatement(batch: string): SQL {
  return sql`
    insert into spans (trace_id, span_id, parent_span_id, name, kind, start_ns, end_ns, started_at, status,
                       status_message, attributes, events, links, file_id, run_id)
    select trace_id, span_id, parent_span_id, name, kind, start_ns, end_ns, started_at, status,
           status_message, attributes::jsonb, events::jsonb, links::jsonb, file_id, run_id
    from jsonb_to_recordset(${batch}::jsonb) as batch(
      trace_id text, span_id text, parent_span_id text, name text, kind text, start_ns bigint, end_ns bigint,
      started_at timestamptz, status text, status_message text, attributes text, events text, links text,
      file_id text, run_id text)
    on conflict (trace_id, span_id, started_at) do update
      set name = excluded.name, end_ns = excluded.end_ns, status = excluded.status,
          status_message = excluded.status_message, attributes = excluded.attributes,
          events = excluded.events, links = excluded.links
      where spans.end_ns < excluded.end_ns`;
}
