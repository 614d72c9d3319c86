import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import type { Outcome } from "../delivery/decide-outcome.ts";
import type { Answer } from "../entities.ts";
import { withoutFlush } from "./without-flush.ts";

/** What is to be written of an attempt. */
export interface Completion {
  readonly seq: number;
  /** How many attempts there were before this one. */
  readonly retried: number;
  /** `cancelled`: it was cancelled before anything was sent. */
  readonly outcome: Outcome | { readonly kind: "cancelled" };
  readonly answer: Answer | undefined;
}

/** What became of it: a cancelled message is not tried again, whatever its outcome was. */
export interface Completed {
  readonly seq: number;
  readonly state: "waiting" | "delivered" | "failed" | "cancelled";
  readonly dlqId: string | undefined;
}

/**
 * A message that waits although its attempt is over has lost its claim in a crash of Postgres: it is ended all
 * the same. The states stand in a CASE, as by a plain OR Postgres would look through all that wait.
 */
const completeStatement = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(
      n int, seq bigint, tried int, outcome text, due_ms bigint, status int, header jsonb, error text)
    JOIN unnest($2::bytea[]) WITH ORDINALITY AS bodies(answer_body, n) USING (n)
  ), ended AS (
    UPDATE qstash.messages m SET
      state = CASE WHEN cancel_requested AND outcome <> 'delivered' THEN 'cancelled'
                   WHEN outcome = 'retry' THEN 'waiting' ELSE outcome END,
      retried = m.retried + CASE WHEN outcome = 'retry' AND NOT cancel_requested THEN 1 ELSE 0 END,
      due_ms = coalesce(given.due_ms, m.due_ms)
    FROM given WHERE m.seq = given.seq
      AND CASE m.state WHEN 'active' THEN true WHEN 'waiting' THEN m.retried = tried AND status IS NOT NULL
                       ELSE false END
    RETURNING n, m.seq, m.state, given.due_ms, status, header, error, answer_body
  ), logged AS (
    INSERT INTO qstash.events (message_seq, time_ms, state, next_delivery_ms, error,
                               response_status, response_header, response_body)
    SELECT seq, $3, line.state, CASE WHEN line.state = 'RETRY' THEN due_ms END, line.error,
           line.status, CASE WHEN line.status IS NOT NULL THEN header END,
           CASE WHEN line.status IS NOT NULL THEN answer_body END
    FROM ended CROSS JOIN LATERAL (VALUES
      (1, CASE WHEN ended.state <> 'delivered' AND ended.status IS NOT NULL THEN 'ERROR' END, ended.error, ended.status),
      (2, CASE ended.state WHEN 'waiting' THEN 'RETRY' WHEN 'delivered' THEN 'DELIVERED'
                           WHEN 'failed' THEN 'FAILED' ELSE 'CANCELED' END, NULL, NULL)
    ) AS line(step, state, error, status)
    WHERE line.state IS NOT NULL ORDER BY n, step
  ), buried AS (
    INSERT INTO qstash.dead_letters (message_seq, time_ms, response_status, response_header, response_body)
    SELECT seq, $3, status, header, answer_body FROM ended WHERE state = 'failed' ORDER BY n
    RETURNING message_seq, time_ms::text || '-' || seq::text AS dlq_id
  )
  SELECT ended.seq, ended.state, dlq_id
  FROM ended CROSS JOIN ${withoutFlush} LEFT JOIN buried ON message_seq = ended.seq`;

const rowSchema = z.object({
  seq: z.coerce.number(),
  state: z.enum(["waiting", "delivered", "failed", "cancelled"]),
  dlq_id: z.string().nullable(),
});

/** Writes what came of attempts, with the log lines and the dead letters, in one statement. */
export async function completeMessages(
  client: Pool | PoolClient,
  completions: readonly Completion[],
  nowMs: number,
): Promise<Completed[]> {
  const rows = completions.map(({ seq, retried, outcome, answer }, index) => ({
    n: index + 1,
    seq,
    tried: retried,
    outcome: outcome.kind,
    due_ms: outcome.kind === "retry" ? outcome.dueMs : undefined,
    status: answer?.status,
    header: answer?.header,
    error: answer?.error,
  }));
  const bodies = completions.map(({ answer }) => answer?.body ?? Buffer.alloc(0));
  const result = await client.query({
    name: "qstash-complete",
    text: completeStatement,
    values: [JSON.stringify(rows), bodies, nowMs],
  });
  return z
    .array(rowSchema)
    .parse(result.rows)
    .map((row) => ({ seq: row.seq, state: row.state, dlqId: row.dlq_id ?? undefined }));
}
