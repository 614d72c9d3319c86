import { z } from "zod";
import { formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { Env } from "../../kernel/env.ts";
import type { PipelineContext } from "../../pipeline/context.ts";
import { stepsOfMessages } from "../reconciliation/dead-letter-facts.ts";
import type { LogEvent, logStates } from "./qstash-view.ts";
import { shownUrl } from "./shown-url.ts";

/** By what the log is narrowed. */
interface LogRequest extends PageRequest {
  readonly state?: (typeof logStates)[number] | undefined;
  /** An address in full, or the path of one of our own routes. */
  readonly url?: string | undefined;
  readonly messageId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** An error is a sentence; a whole page of HTML is not shown. In characters. */
const longestError = 500;

/**
 * QStash's log, newest first, each line with the step that its message asks for; paged by QStash's own cursor.
 * @throws WaybillError provider_* when QStash does not answer, malformed_request for a cursor of another list
 */
export async function listLog(
  ctx: Pick<PipelineContext, "db" | "queueReader"> & { readonly env: Pick<Env, "WAYBILL_URL"> },
  request: LogRequest,
): Promise<{ items: LogEvent[]; nextCursor: string | null; readAt: string }> {
  const [cursor] = parseCursor(z.tuple([z.string()]), request.cursor) ?? [null];
  const { url } = request;
  const {
    events,
    cursor: next,
    readAt,
  } = await ctx.queueReader.log({
    ...{ cursor, limit: request.limit },
    state: request.state ?? null,
    url: url?.startsWith("/") ? `${ctx.env.WAYBILL_URL}${url}` : (url ?? null),
    messageId: request.messageId ?? null,
    from: request.from ?? null,
    to: request.to ?? null,
  });
  const bodies = events.map(({ body }) => Buffer.from(body ?? "", "base64").toString("utf8"));
  const owners = await stepsOfMessages(ctx.db, bodies);
  const items = events.map((event, at): LogEvent => {
    const step = owners[at]?.step ?? null;
    return {
      at: new Date(event.time).toISOString(),
      state: event.state,
      messageId: event.messageId,
      url: shownUrl(event.url, ctx.env),
      error: event.error?.slice(0, longestError) ?? null,
      responseStatus: event.responseStatus,
      nextDeliveryAt: event.nextDeliveryTime?.toISOString() ?? null,
      flowKey: event.flowControlKey,
      queue: event.queueName,
      schedule: event.scheduleId,
      fileId: step?.fileId ?? null,
      fileName: step?.fileName ?? null,
      step: step?.name ?? null,
      shard: step?.shard ?? null,
    };
  });
  return { items, nextCursor: next && formatCursor([next]), readAt: readAt.toISOString() };
}
