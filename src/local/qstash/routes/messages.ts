import { Hono } from "hono";
import { nowMs, type QstashContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { cancelMessages } from "../store/cancel-messages.ts";
import { listEvents, readPendingMessage } from "../store/read-messages.ts";
import { readBulkQuery } from "../wire/bulk-query.ts";
import { type Condition, eventFilters, messageFilters, readFilters } from "../wire/filter.ts";
import { readPage } from "../wire/page.ts";
import { queryOf } from "../wire/request.ts";
import { showEvent, showMessage } from "../wire/show.ts";

const eventsPage = { fallback: 100, most: 1000 };

/** `/v2/messages`, which are those that are still pending, and the log under both of its names. */
export function messageRoutes(ctx: QstashContext): Hono {
  return new Hono()
    .get("/v2/messages/:id", async (c) => {
      const message = await readPendingMessage(ctx.pool, c.req.param("id"));
      if (!message) throw refusal(404, `message ${c.req.param("id")} not found`);
      return c.json(showMessage(message));
    })
    .delete("/v2/messages/:id", async (c) => {
      const id = c.req.param("id");
      const cancelled = await cancel(ctx, [(bind) => `m.message_id = ${bind(id)}`]);
      if (cancelled === 0) throw refusal(404, `message ${id} not found`);
      return c.json({ cancelled });
    })
    .delete("/v2/messages", async (c) => {
      const query = await readBulkQuery(c, "messageIds");
      // All that match are cancelled at once, whatever the count: the service has given it up.
      return c.json({ cancelled: await cancel(ctx, readFilters(query, messageFilters)) });
    })
    .get("/v2/events", async (c) => {
      const { cursor, items } = await readLog(ctx, queryOf(c));
      return c.json({ cursor, events: items });
    })
    .get("/v2/logs", async (c) => {
      const { cursor, items } = await readLog(ctx, queryOf(c));
      return c.json({ cursor, logs: items });
    });
}

async function cancel(ctx: QstashContext, conditions: readonly Condition[]): Promise<number> {
  const cancelled = await cancelMessages(ctx.pool, conditions, nowMs(ctx));
  ctx.dispatcher.forbid(cancelled);
  // A place in a queue or under a limit may have become free.
  ctx.dispatcher.wake();
  return cancelled.length;
}

async function readLog(ctx: QstashContext, query: URLSearchParams) {
  const page = readPage(query, eventsPage);
  const { items, cursor } = await listEvents(ctx.pool, readFilters(query, eventFilters), page);
  return { cursor, items: items.map(showEvent) };
}
