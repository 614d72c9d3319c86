import { Hono } from "hono";
import { nowMs, type QstashContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { deleteDeadLetters } from "../store/dead-letters.ts";
import { listDeadLetters } from "../store/read-messages.ts";
import { type Resend, resendDeadLetters } from "../store/resend-dead-letters.ts";
import { readBulkQuery } from "../wire/bulk-query.ts";
import { type Condition, deadLetterFilters, dlqIdFilter, readFilters, valuesOf } from "../wire/filter.ts";
import { readPage } from "../wire/page.ts";
import { readPublishHeaders } from "../wire/publish-headers.ts";
import { queryOf } from "../wire/request.ts";
import { showDeadLetter } from "../wire/show.ts";
import { checkSettings } from "./plan-limits.ts";
import { readDueMs } from "./read-publications.ts";

const pageLimits = { fallback: 100, most: 100 };
const onePage = { count: 1, order: "DESC", after: undefined } as const;

/** `/v2/dlq`: the dead letters. */
export function dlqRoutes(ctx: QstashContext): Hono {
  return new Hono()
    .get("/v2/dlq", async (c) => {
      const query = queryOf(c);
      const { items, cursor } = await listDeadLetters(
        ctx.pool,
        readFilters(query, deadLetterFilters),
        readPage(query, pageLimits),
      );
      return c.json({ cursor, messages: items.map(showDeadLetter) });
    })
    .get("/v2/dlq/:id", async (c) => {
      const { items } = await listDeadLetters(ctx.pool, [byId(c.req.param("id"))], onePage);
      const [letter] = items;
      if (!letter) throw notFound(c.req.param("id"));
      return c.json(showDeadLetter(letter));
    })
    .delete("/v2/dlq/:id", async (c) => {
      const { letters } = await deleteDeadLetters(ctx.pool, [byId(c.req.param("id"))], onePage);
      if (letters.length === 0) throw notFound(c.req.param("id"));
      return c.body(null, 200);
    })
    .delete("/v2/dlq", async (c) => {
      const query = await readBulkQuery(c, "dlqIds");
      const { letters, cursor } = await deleteDeadLetters(
        ctx.pool,
        readFilters(query, deadLetterFilters),
        readPage(query, pageLimits),
      );
      return c.json({ deleted: letters.length, cursor });
    })
    .post("/v2/dlq/retry", async (c) => {
      const query = await readBulkQuery(c, "dlqIds");
      return c.json(await retryMany(ctx, query, c.req.raw.headers), 201);
    })
    .post("/v2/dlq/retry/:id", async (c) => {
      const resend = readResend(ctx, c.req.raw.headers);
      const { messageIds } = await resendDeadLetters(ctx.pool, [byId(c.req.param("id"))], onePage, resend);
      const [messageId] = messageIds;
      if (messageId === undefined) throw notFound(c.req.param("id"));
      return c.json({ messageId }, 201);
    });
}

async function retryMany(ctx: QstashContext, query: URLSearchParams, headers: Headers) {
  const conditions = readFilters(query, deadLetterFilters);
  const page = readPage(query, pageLimits);
  const named = valuesOf(query, "dlqIds");
  for (const id of named) {
    const { items } = await listDeadLetters(ctx.pool, [byId(id)], onePage);
    if (items.length === 0) throw notFound(id);
  }
  const resent = await resendDeadLetters(ctx.pool, conditions, page, readResend(ctx, headers));
  // The end is an empty cursor here, and here alone.
  return { cursor: resent.cursor ?? "", responses: resent.messageIds.map((messageId) => ({ messageId })) };
}

/** The headers of a retry override the message's own settings; what they do not name stays. */
function readResend(ctx: QstashContext, headers: Headers): Resend {
  const now = nowMs(ctx);
  const given = readPublishHeaders(headers, "DLQ retry");
  checkSettings(given, ctx.options);
  return {
    given: given.given,
    header: given.header,
    dueMs: readDueMs(given, ctx.options, now),
    nowMs: now,
  };
}

function byId(dlqId: string): Condition {
  return dlqIdFilter([dlqId]);
}

function notFound(dlqId: string): Error {
  return refusal(404, `DLQ message ${dlqId} not found`);
}
