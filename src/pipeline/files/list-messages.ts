import { asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { messageStates } from "../../db/schema/messages.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import type { ListPage } from "./file-view.ts";
import type { MessageView } from "./message-view.ts";
import { requireFile } from "./require-file.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/**
 * The messages of a file over all its runs, newest first, each with what QStash logged of it as far as that
 * has been copied. Messages that were sent by a hand at QStash itself are among them.
 * @throws WaybillError file_not_found, or malformed_request for a cursor of another list
 */
export async function listMessages(
  { db }: Pick<DbContext, "db">,
  input: { fileId: string } & PageRequest,
): Promise<ListPage<MessageView>> {
  const before = parseCursor(cursorKey, input.cursor);
  await requireFile({ db }, input.fileId);
  const { rows, last } = cutPage(await readMessages(db, input, before), input.limit);
  const ids = rows.map((row) => row.messageId);
  const [states, started] = await Promise.all([readStates(db, ids), readAttempts(db, ids)]);
  return {
    items: rows.map((row) => ({
      ...row,
      publishedAt: row.publishedAt.toISOString(),
      states: states.get(row.messageId) ?? [],
      attempts: started.get(row.messageId) ?? [],
    })),
    nextCursor: last && formatCursor([last.publishedAt.toISOString(), last.messageId]),
  };
}

const messageRow = z.object({
  messageId: z.string(),
  run: z.number(),
  step: z.string(),
  shard: z.number(),
  dispatch: z.number(),
  publishedAt: z.coerce.date(),
  dlqId: z.string().nullable(),
});

async function readMessages(
  db: Db,
  { fileId, limit }: { fileId: string; limit: number },
  before: readonly [string, string] | null,
) {
  const found = await db.execute(sql`
    with own as (
      select steps.id, steps.name, steps.shard, steps.dispatch, steps.dlq_id, runs.number as run
      from steps join runs on runs.id = steps.run_id where runs.file_id = ${fileId}
    ), sent as (
      select outbox.message_id, outbox.step_id, outbox.dispatch, outbox.published_at as at
      from outbox join own on own.id = outbox.step_id where outbox.message_id is not null
      union all
      select message_id, step_id, message_states.dispatch, min(at)
      from message_states join own on own.id = step_id
      where not exists (select from outbox where outbox.message_id = message_states.message_id)
      group by 1, 2, 3
    )
    select sent.message_id as "messageId", own.run, own.name as step, own.shard, sent.dispatch,
      sent.at as "publishedAt", case when own.dispatch = sent.dispatch then own.dlq_id end as "dlqId"
    from sent join own on own.id = sent.step_id
    where ${before === null ? sql`true` : sql`(sent.at, sent.message_id) < (${before[0]}::timestamptz, ${before[1]})`}
    order by sent.at desc, sent.message_id desc
    limit ${limit + 1}`);
  return z.array(messageRow).parse(found.rows);
}

async function readStates(db: Db, messageIds: readonly string[]) {
  if (messageIds.length === 0) return new Map<string, MessageView["states"]>();
  const rows = await db
    .select()
    .from(messageStates)
    .where(inArray(messageStates.messageId, [...messageIds]))
    .orderBy(asc(messageStates.at));
  const states = rows.map(({ messageId, state, at, error, responseStatus, nextDeliveryAt }) => ({
    messageId,
    view: {
      state,
      at: at.toISOString(),
      error,
      responseStatus,
      nextDeliveryAt: nextDeliveryAt?.toISOString() ?? null,
    },
  }));
  return viewsByMessage(states);
}

async function readAttempts(db: Db, messageIds: readonly string[]) {
  if (messageIds.length === 0) return new Map<string, MessageView["attempts"]>();
  const rows = await db
    .select({
      messageId: attempts.messageId,
      step: steps.name,
      shard: steps.shard,
      number: attempts.number,
      outcome: attempts.outcome,
      retried: attempts.retried,
      spanId: attempts.spanId,
      startedAt: attempts.startedAt,
      finishedAt: attempts.finishedAt,
    })
    .from(attempts)
    .innerJoin(steps, eq(steps.id, attempts.stepId))
    .where(inArray(attempts.messageId, [...messageIds]))
    .orderBy(asc(attempts.startedAt));
  const started = rows.map(({ messageId, startedAt, finishedAt, ...rest }) => ({
    messageId,
    view: {
      ...rest,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    },
  }));
  return viewsByMessage(started);
}

function viewsByMessage<View>(rows: readonly { messageId: string; view: View }[]): Map<string, View[]> {
  const byMessage = new Map<string, View[]>();
  for (const { messageId, view } of rows) {
    const known = byMessage.get(messageId);
    if (known === undefined) byMessage.set(messageId, [view]);
    else known.push(view);
  }
  return byMessage;
}
