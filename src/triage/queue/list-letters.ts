import { z } from "zod";
import { formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { Env } from "../../kernel/env.ts";
import type { PipelineContext } from "../../pipeline/context.ts";
import { toLetter } from "../../providers/dead-letters.ts";
import type { DeadLetter } from "../../providers/queue/queue-shapes.ts";
import { factsOfLetters, type LetterFacts } from "../reconciliation/dead-letter-facts.ts";
import { keptMs, standingOf } from "../reconciliation/list-dead-letters.ts";
import type { QueueLetter } from "./qstash-view.ts";
import { shownUrl } from "./shown-url.ts";

/**
 * All dead letters of QStash, whichever route they were for, each with its step and the time at which QStash forgets
 * it; paged by QStash's own cursor.
 * @throws WaybillError provider_* when QStash does not answer, malformed_request for a cursor of another list
 */
export async function listLetters(
  ctx: Pick<PipelineContext, "db" | "queueReader"> & { readonly env: Pick<Env, "WAYBILL_URL"> },
  request: PageRequest,
): Promise<{ items: QueueLetter[]; nextCursor: string | null; readAt: string }> {
  const [cursor] = parseCursor(z.tuple([z.string()]), request.cursor) ?? [null];
  const page = await ctx.queueReader.deadLetters({ cursor, limit: request.limit });
  const facts = await factsOfLetters(ctx.db, page.letters.map(toLetter));
  return {
    items: facts.map((known, at) => letterView(known, page.letters[at], ctx.env)),
    nextCursor: page.cursor && formatCursor([page.cursor]),
    readAt: page.readAt.toISOString(),
  };
}

function letterView(
  facts: LetterFacts,
  said: DeadLetter | undefined,
  env: Pick<Env, "WAYBILL_URL">,
): QueueLetter {
  const { letter, step } = facts;
  return {
    dlqId: letter.dlqId,
    messageId: letter.messageId,
    url: shownUrl(said?.url ?? "", env),
    at: letter.at.toISOString(),
    expiresAt: new Date(letter.at.getTime() + keptMs).toISOString(),
    responseStatus: letter.responseStatus,
    standing: standingOf(facts),
    fileId: step?.fileId ?? null,
    fileName: step?.fileName ?? null,
    step: step?.name ?? null,
    shard: step?.shard ?? null,
  };
}
