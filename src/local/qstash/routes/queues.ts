import { Hono } from "hono";
import { z } from "zod";
import { nowMs, type QstashContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { cancelMessages } from "../store/cancel-messages.ts";
import { deleteQueue, listQueues, pauseQueue, putQueue } from "../store/queues.ts";
import { checkName } from "../wire/request.ts";

const queueSchema = z.object({
  queueName: z.string(),
  parallelism: z.number().int().positive().default(1),
  paused: z.boolean().default(false),
});

/** `/v2/queues`. */
export function queueRoutes(ctx: QstashContext): Hono {
  const pause = async (name: string, paused: boolean) => {
    if (!(await pauseQueue(ctx.pool, name, paused, nowMs(ctx)))) throw notFound(name);
    ctx.dispatcher.wake();
  };
  return new Hono()
    .post("/v2/queues", async (c) => {
      const parsed = queueSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!parsed.success) throw refusal(400, `invalid queue: ${z.prettifyError(parsed.error)}`);
      const { queueName, ...limits } = parsed.data;
      await putQueue(ctx.pool, { name: checkName(queueName, "queue name"), ...limits }, nowMs(ctx));
      ctx.dispatcher.wake();
      return c.body(null, 200);
    })
    .get("/v2/queues", async (c) => c.json(await listQueues(ctx.pool)))
    .get("/v2/queues/:name", async (c) => {
      const [queue] = await listQueues(ctx.pool, c.req.param("name"));
      if (!queue) throw notFound(c.req.param("name"));
      return c.json(queue);
    })
    .delete("/v2/queues/:name", async (c) => {
      const name = c.req.param("name");
      const cancelled = await cancelMessages(
        ctx.pool,
        [(bind) => `m.queue_name = ${bind(name)}`],
        nowMs(ctx),
      );
      ctx.dispatcher.forbid(cancelled.underWay);
      if (!(await deleteQueue(ctx.pool, name))) throw notFound(name);
      return c.body(null, 200);
    })
    .post("/v2/queues/:name/pause", async (c) => {
      await pause(c.req.param("name"), true);
      return c.body(null, 200);
    })
    .post("/v2/queues/:name/resume", async (c) => {
      await pause(c.req.param("name"), false);
      return c.body(null, 200);
    });
}

function notFound(name: string): Error {
  return refusal(404, `queue ${name} not found`);
}
