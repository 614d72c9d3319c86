import { type Context, type Env, Hono } from "hono";
import { z } from "zod";
import { nowMs, type QstashContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { cancelMessages } from "../store/cancel-messages.ts";
import { deleteQueue, listQueues, pauseQueue, putQueue } from "../store/queues.ts";
import { checkName } from "../wire/request.ts";
import { checkQueueParallelism, createQueueRoom } from "./plan-limits.ts";

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
      const name = checkName(queueName, "queue name");
      checkQueueParallelism(limits.parallelism, ctx.options);
      await createQueueRoom(ctx.pool, ctx.options)(name);
      await putQueue(ctx.pool, { name, ...limits }, nowMs(ctx));
      ctx.dispatcher.wake();
      return c.body(null, 200);
    })
    .get("/v2/queues", async (c) => c.json(await listQueues(ctx.pool)))
    .get("/v2/queues/:name", async (c) => {
      const name = nameOf(c);
      const [queue] = await listQueues(ctx.pool, name);
      if (!queue) throw notFound(name);
      return c.json(queue);
    })
    .delete("/v2/queues/:name", async (c) => {
      const name = nameOf(c);
      const cancelled = await cancelMessages(
        ctx.pool,
        [(bind) => `m.queue_name = ${bind(name)}`],
        nowMs(ctx),
      );
      ctx.dispatcher.forbid(cancelled);
      if (!(await deleteQueue(ctx.pool, name))) throw notFound(name);
      return c.body(null, 200);
    })
    .post("/v2/queues/:name/pause", async (c) => {
      await pause(nameOf(c), true);
      return c.body(null, 200);
    })
    .post("/v2/queues/:name/resume", async (c) => {
      await pause(nameOf(c), false);
      return c.body(null, 200);
    });
}

/** @throws refusal 400 for a name that no queue can have */
function nameOf(c: Context<Env, "/v2/queues/:name">): string {
  return checkName(c.req.param("name"), "queue name");
}

function notFound(name: string): Error {
  return refusal(404, `queue ${name} not found`);
}
