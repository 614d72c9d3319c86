import { Hono } from "hono";
import { newSecret } from "../../../kernel/ids.ts";
import type { ServerBindings } from "../../kit/listen.ts";
import { nowMs, type QstashContext } from "../context.ts";
import type { MessageSpec } from "../entities.ts";
import { refusal } from "../refusal.ts";
import {
  deleteSchedule,
  listSchedules,
  pauseSchedule,
  putSchedule,
  resumeSchedule,
  type ScheduleRow,
} from "../store/schedules.ts";
import { nextCronMs } from "../timing/cron.ts";
import { messageDefaults, readPublishHeaders } from "../wire/publish-headers.ts";
import { type Addressed, readAddressed } from "../wire/raw-destination.ts";
import { bodyOf, checkName } from "../wire/request.ts";
import { showSchedule } from "../wire/show.ts";
import { checkScheduleRoom, checkSettings, createQueueRoom } from "./plan-limits.ts";
import { readDestination } from "./read-publications.ts";

/** What the SDK sends to pause (PATCH), and what the documentation says (POST). */
const pauseMethods = ["PATCH", "POST"];

/** `/v2/schedules`. */
export function scheduleRoutes(ctx: QstashContext): Hono<ServerBindings> {
  return new Hono<ServerBindings>()
    .on(pauseMethods, "/v2/schedules/:id/pause", async (c) => {
      if (!(await pauseSchedule(ctx.pool, c.req.param("id")))) throw notFound(c.req.param("id"));
      return c.body(null, 200);
    })
    .on(pauseMethods, "/v2/schedules/:id/resume", async (c) => {
      const schedule = await requireSchedule(ctx, c.req.param("id"));
      await resumeSchedule(ctx.pool, schedule.schedule_id, nextCronMs(schedule.cron, nowMs(ctx)));
      ctx.scheduler.wake();
      return c.body(null, 200);
    })
    .post("/v2/schedules/*", async (c) => {
      const addressed = readAddressed(c, /\/v2\/schedules\//);
      const body = await bodyOf(c, ctx.options);
      const callerIp = c.env?.incoming?.socket.remoteAddress;
      const scheduleId = await createSchedule(ctx, { ...addressed, body, callerIp });
      return c.json({ scheduleId });
    })
    .get("/v2/schedules", async (c) => c.json((await listSchedules(ctx.pool)).map(showSchedule)))
    .get("/v2/schedules/:id", async (c) =>
      c.json(showSchedule(await requireSchedule(ctx, c.req.param("id")))),
    )
    .delete("/v2/schedules/:id", async (c) => {
      if (!(await deleteSchedule(ctx.pool, c.req.param("id")))) throw notFound(c.req.param("id"));
      return c.body(null, 200);
    });
}

async function createSchedule(
  ctx: QstashContext,
  request: Addressed & { readonly body: Buffer; readonly callerIp: string | undefined },
): Promise<string> {
  const { headers: sent, destination } = request;
  const cron = sent.get("Upstash-Cron")?.trim();
  if (!cron) throw refusal(400, "Upstash-Cron is missing");
  const headers = readPublishHeaders(sent, "schedule");
  checkSettings(headers, ctx.options);
  // Each tick looks the group up again; here it only has to exist.
  await readDestination(ctx.pool, destination);
  const queueName = sent.get("Upstash-Queue-Name") ?? undefined;
  if (queueName !== undefined) {
    await createQueueRoom(ctx.pool, ctx.options)(checkName(queueName, "queue name"));
  }
  const spec: MessageSpec = {
    ...messageDefaults,
    ...headers.given,
    url: destination,
    header: headers.header,
    queueName,
    callerIp: request.callerIp,
  };
  const scheduleId = checkName(sent.get("Upstash-Schedule-Id") ?? newSecret("scd"), "schedule id");
  await checkScheduleRoom(ctx.pool, scheduleId, ctx.options);
  const now = nowMs(ctx);
  await putSchedule(
    ctx.pool,
    {
      schedule_id: scheduleId,
      cron,
      destination,
      delay_ms: headers.delayMs ?? null,
      next_ms: nextCronMs(cron, now),
      spec,
      body: request.body,
    },
    now,
  );
  ctx.scheduler.wake();
  return scheduleId;
}

async function requireSchedule(ctx: QstashContext, scheduleId: string): Promise<ScheduleRow> {
  const [schedule] = await listSchedules(ctx.pool, scheduleId);
  if (!schedule) throw notFound(scheduleId);
  return schedule;
}

function notFound(scheduleId: string): Error {
  return refusal(404, `schedule ${scheduleId} not found`);
}
