import type { Pool, PoolClient } from "pg";
import type { NewMessage } from "../entities.ts";

const insertStatement = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(
      n int, message_id text, due_ms bigint, queue_name text, queue_position bigint, flow_key text, spec jsonb)
  ), taken AS (
    INSERT INTO qstash.messages
      (message_id, due_ms, created_ms, queue_name, queue_position, flow_key, spec, body)
    SELECT message_id, due_ms, $3, queue_name, queue_position, flow_key, spec, body
    FROM given JOIN unnest($2::bytea[]) WITH ORDINALITY AS bodies(body, n) USING (n)
    ORDER BY n
    RETURNING seq, due_ms
  )
  INSERT INTO qstash.events (message_seq, time_ms, state, next_delivery_ms)
  SELECT seq, $3, 'CREATED', due_ms FROM taken ORDER BY seq`;

/**
 * Takes messages in, in their order, with their first log lines. A queue that is missing is made, with
 * parallelism 1; a flow-control key takes the limits of its newest message unless they are pinned.
 */
export async function insertMessages(
  client: Pool | PoolClient,
  messages: readonly NewMessage[],
  nowMs: number,
): Promise<void> {
  if (messages.length === 0) return;
  await ensureQueues(client, messages, nowMs);
  await setFlowLimits(client, messages);
  const rows = messages.map((message, index) => ({
    n: index + 1,
    message_id: message.messageId,
    due_ms: message.dueMs,
    queue_name: message.queue?.name,
    queue_position: message.queue?.position,
    flow_key: message.spec.flow?.key,
    spec: message.spec,
  }));
  await client.query({
    name: "qstash-insert",
    text: insertStatement,
    values: [JSON.stringify(rows), messages.map((message) => message.body), nowMs],
  });
}

async function ensureQueues(
  client: Pool | PoolClient,
  messages: readonly NewMessage[],
  nowMs: number,
): Promise<void> {
  const names = [...new Set(messages.flatMap(({ queue }) => (queue ? [queue.name] : [])))].sort();
  if (names.length === 0) return;
  await client.query(
    `INSERT INTO qstash.queues SELECT name, 1, false, $2, $2 FROM unnest($1::text[]) AS name
     ON CONFLICT DO NOTHING`,
    [names, nowMs],
  );
}

async function setFlowLimits(client: Pool | PoolClient, messages: readonly NewMessage[]): Promise<void> {
  const newest = new Map(messages.flatMap(({ spec }) => (spec.flow ? [[spec.flow.key, spec.flow]] : [])));
  if (newest.size === 0) return;
  // In the order of keys, so that two publishers never wait for each other; and rows that are right already
  // are not locked at all.
  const flows = [...newest.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  await client.query({
    name: "qstash-flow-limits",
    text: `
      INSERT INTO qstash.flow_controls AS known (key, parallelism, rate, period_ms)
      SELECT given.* FROM unnest($1::text[], $2::int[], $3::int[], $4::bigint[])
        AS given(key, parallelism, rate, period_ms)
      LEFT JOIN qstash.flow_controls same ON same.key = given.key
        AND (same.pinned_parallelism OR same.parallelism IS NOT DISTINCT FROM given.parallelism)
        AND (same.pinned_rate OR (same.rate IS NOT DISTINCT FROM given.rate AND same.period_ms = given.period_ms))
      WHERE same.key IS NULL
      ON CONFLICT (key) DO UPDATE SET
        parallelism = CASE WHEN known.pinned_parallelism THEN known.parallelism ELSE excluded.parallelism END,
        rate = CASE WHEN known.pinned_rate THEN known.rate ELSE excluded.rate END,
        period_ms = CASE WHEN known.pinned_rate THEN known.period_ms ELSE excluded.period_ms END`,
    values: [
      flows.map((flow) => flow.key),
      flows.map((flow) => flow.parallelism ?? null),
      flows.map((flow) => flow.rate ?? null),
      flows.map((flow) => Math.round(flow.periodSec * 1000)),
    ],
  });
}
