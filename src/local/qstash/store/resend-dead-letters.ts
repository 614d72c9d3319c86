import type { Pool } from "pg";
import { z } from "zod";
import { sha256Hex } from "../../../kernel/hash.ts";
import { newMessageIds } from "../delivery/message-id.ts";
import type { HeaderMap, MessageSpec } from "../entities.ts";
import { type Condition, clauseOf } from "../wire/filter.ts";
import { afterCursor, type Page } from "../wire/page.ts";
import { deadLettersWithMessages } from "./read-messages.ts";
import { takeInParts } from "./take-in-messages.ts";

/** How the messages of dead letters are sent again. */
export interface Resend {
  /** The settings that override the messages' own; what they do not name stays. */
  readonly given: Partial<Omit<MessageSpec, "header">>;
  /** Headers for the destination, in addition to the messages' own. */
  readonly header: HeaderMap;
  readonly dueMs: number;
  readonly nowMs: number;
}

/** The settings of a message with what the retry names in their place. */
const overriddenSpec = "spec || $4::jsonb || jsonb_build_object('header', (spec->'header') || $5::jsonb)";

const rowSchema = z.object({ message_ids: z.array(z.string()), cursor: z.string().nullable() });

/**
 * Sends a page of the dead letters that match as new messages and takes them out, in one statement: nothing
 * is lost or doubled by a stop, and a letter that two requests retry at once is sent once.
 * @returns the new ids, with a cursor when there are more
 */
export async function resendDeadLetters(
  pool: Pool,
  conditions: readonly Condition[],
  page: Page,
  resend: Resend,
): Promise<{ messageIds: string[]; cursor: string | undefined }> {
  const overridden = Object.keys({ ...resend.given, ...resend.header }).length > 0;
  const overrides = overridden ? [JSON.stringify(resend.given), JSON.stringify(resend.header)] : [];
  const { sql, values } = clauseOf([...conditions, ...afterCursor(page, "d.seq")], 4 + overrides.length);
  const ids = newMessageIds(page.count);
  const text = `WITH page AS (
       SELECT row_number() OVER (ORDER BY letter ${page.order}) AS n, * FROM (
         SELECT d.seq AS letter, m.spec, m.body FROM ${deadLettersWithMessages}
         WHERE ${sql} ORDER BY d.seq ${page.order} LIMIT ${page.count + 1}) AS front
     ), removed AS (
       DELETE FROM qstash.dead_letters d USING page WHERE d.seq = letter AND n <= ${page.count} RETURNING d.seq
     ), changed AS (
       SELECT n, body, ${overridden ? overriddenSpec : "spec"} AS spec FROM page JOIN removed ON seq = letter
     ), given AS (
       SELECT n, ($3::text[])[n] AS message_id, NULL::text AS key, $2::bigint AS due_ms,
              spec->>'queueName' AS queue_name, NULL::bigint AS queue_position,
              spec #>> '{flow,key}' AS flow_key, (spec #>> '{flow,parallelism}')::int AS parallelism,
              (spec #>> '{flow,rate}')::int AS rate,
              round((spec #>> '{flow,periodSec}')::numeric * 1000)::bigint AS period_ms, spec, body
       FROM changed
     ), ${takeInParts("$1")}
     SELECT coalesce(array_agg(first_id ORDER BY n) FILTER (WHERE first_id IS NOT NULL), '{}') AS message_ids,
            (SELECT letter::text FROM page WHERE n = ${page.count} AND (SELECT count(*) FROM page) > n) AS cursor
     FROM notified LEFT JOIN answered ON true`;
  const { rows } = await pool.query({
    text,
    values: [resend.nowMs, resend.dueMs, ids, ...overrides, ...values],
    // Page after page is the same statement, a fifth of whose time would be its planning.
    ...(page.count > 1 && { name: `qstash-resend-${sha256Hex(text).slice(0, 16)}` }),
  });
  const [row] = z.array(rowSchema).parse(rows);
  return { messageIds: row?.message_ids ?? [], cursor: row?.cursor ?? undefined };
}
