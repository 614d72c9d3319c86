import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import type { NewMessage } from "../entities.ts";

/** A message to be published, with its deduplication key if it has one. */
export interface Publication extends NewMessage {
  readonly deduplicationKey?: string | undefined;
}

/** What is answered for one message: the id of the first with its key. */
export interface TakenIn {
  readonly messageId: string;
  readonly deduplicated: boolean;
}

/** How long a deduplication key is remembered, in ms: ten minutes by the public documentation. */
const windowMs = 600_000;

/** Where it is told, to every process over this database, that messages were stored; says when the first is due. */
export const dueChannel = "qstash_due";

/**
 * What is done with messages that are given as rows of `given`, in one statement, so that a publish costs one
 * round trip and one commit:
 * - keys are remembered; two statements with one key wait for each other, so that one of them is the first;
 * - a queue that is missing is made, with parallelism 1;
 * - a flow-control key takes the limits of its newest message, unless they are pinned; a row that is right
 *   already is not locked. Keys are taken in their order, so that no two statements block each other;
 * - the messages that are no duplicates are written, with their first log lines, and told of.
 *
 * The statement must read `answered` and `notified`.
 * @param now the place of the present among the statement's parameters, as `$3`
 */
export const takeInParts = (now: string) => `
  remembered AS (
    INSERT INTO qstash.deduplication AS known (key, message_id, expires_ms)
    SELECT DISTINCT ON (key) key, message_id, ${now}::bigint + ${windowMs}
    FROM given WHERE key IS NOT NULL ORDER BY key, n
    ON CONFLICT (key) DO UPDATE SET
      message_id = CASE WHEN known.expires_ms <= ${now} THEN excluded.message_id ELSE known.message_id END,
      expires_ms = CASE WHEN known.expires_ms <= ${now} THEN excluded.expires_ms ELSE known.expires_ms END
    RETURNING key, message_id
  ), answered AS (
    SELECT given.*, coalesce(remembered.message_id, given.message_id) AS first_id
    FROM given LEFT JOIN remembered USING (key)
  ), fresh AS (
    SELECT * FROM answered WHERE first_id = message_id
  ), queued AS (
    INSERT INTO qstash.queues
    SELECT DISTINCT queue_name, 1, false, ${now}::bigint, ${now}::bigint FROM fresh
    WHERE queue_name IS NOT NULL ORDER BY 1
    ON CONFLICT DO NOTHING
  ), limited AS (
    INSERT INTO qstash.flow_controls AS known (key, parallelism, rate, period_ms)
    SELECT newest.* FROM (
      SELECT DISTINCT ON (flow_key) flow_key AS key, parallelism, rate, period_ms
      FROM fresh WHERE flow_key IS NOT NULL ORDER BY flow_key, n DESC) newest
    LEFT JOIN qstash.flow_controls same ON same.key = newest.key
      AND (same.pinned_parallelism OR same.parallelism IS NOT DISTINCT FROM newest.parallelism)
      AND (same.pinned_rate OR
           (same.rate IS NOT DISTINCT FROM newest.rate AND same.period_ms = newest.period_ms))
    WHERE same.key IS NULL ORDER BY newest.key
    ON CONFLICT (key) DO UPDATE SET
      parallelism = CASE WHEN known.pinned_parallelism THEN known.parallelism ELSE excluded.parallelism END,
      rate = CASE WHEN known.pinned_rate THEN known.rate ELSE excluded.rate END,
      period_ms = CASE WHEN known.pinned_rate THEN known.period_ms ELSE excluded.period_ms END
  ), taken AS (
    INSERT INTO qstash.messages
      (message_id, due_ms, created_ms, queue_name, queue_position, flow_key, spec, body)
    SELECT message_id, due_ms, ${now}, queue_name, queue_position, flow_key, spec, body FROM fresh ORDER BY n
    RETURNING seq, due_ms
  ), logged AS (
    INSERT INTO qstash.events (message_seq, time_ms, state, next_delivery_ms)
    SELECT seq, ${now}, 'CREATED', due_ms FROM taken ORDER BY seq
  ), notified AS (
    SELECT CASE WHEN count(*) > 0 THEN pg_notify('${dueChannel}', min(due_ms)::text)::text END FROM taken
  )`;

const takeInStatement = `
  WITH given AS (
    SELECT t.*, body FROM jsonb_to_recordset($1::jsonb) AS t(
      n int, message_id text, key text, due_ms bigint, queue_name text, queue_position bigint,
      flow_key text, parallelism int, rate int, period_ms bigint, spec jsonb)
    JOIN unnest($2::bytea[]) WITH ORDINALITY AS bodies(body, n) USING (n)
  ), ${takeInParts("$3")}
  SELECT first_id FROM answered CROSS JOIN notified ORDER BY n`;

const rowSchema = z.object({ first_id: z.string() });

/** Takes messages in, but for those that are duplicates. The answers are in their order. */
export async function takeInMessages(
  client: Pool | PoolClient,
  publications: readonly Publication[],
  nowMs: number,
): Promise<TakenIn[]> {
  if (publications.length === 0) return [];
  const given = publications.map(({ messageId, deduplicationKey, dueMs, queue, spec }, index) => ({
    n: index + 1,
    message_id: messageId,
    key: deduplicationKey,
    due_ms: dueMs,
    queue_name: queue?.name,
    queue_position: queue?.position,
    flow_key: spec.flow?.key,
    parallelism: spec.flow?.parallelism,
    rate: spec.flow?.rate,
    period_ms: spec.flow && Math.round(spec.flow.periodSec * 1000),
    spec,
  }));
  const { rows } = await client.query({
    name: "qstash-take-in",
    text: takeInStatement,
    values: [JSON.stringify(given), publications.map(({ body }) => body), nowMs],
  });
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ first_id }, index) => ({
      messageId: first_id,
      deduplicated: first_id !== publications[index]?.messageId,
    }));
}
