import { Hono } from "hono";
import { nowMs, type QstashContext } from "../context.ts";
import type { Options } from "../options.ts";
import { refusal } from "../refusal.ts";
import {
  countActive,
  listFlowControls,
  type PinnedLimits,
  pauseFlowControl,
  pinFlowControl,
  resetRate,
  unpinFlowControl,
} from "../store/flow-controls.ts";
import { readLimit, readPeriodSec } from "../wire/flow-control-value.ts";
import { queryOf } from "../wire/request.ts";
import { checkFlowPeriod } from "./plan-limits.ts";

/** `/v2/flowControl` and `/v2/globalParallelism`. */
export function flowControlRoutes(ctx: QstashContext): Hono {
  const { pool, dispatcher } = ctx;
  const reset = async (key: string) => {
    if (!(await resetRate(pool, key, nowMs(ctx)))) throw notFound(key);
    dispatcher.wake();
    return new Response(null, { status: 200 });
  };
  const pause = async (key: string, paused: boolean) => {
    await pauseFlowControl(pool, key, paused);
    dispatcher.wake();
    return new Response(null, { status: 200 });
  };
  return (
    new Hono()
      .get("/v2/globalParallelism", async (c) =>
        c.json({ parallelismMax: ctx.options.maxInFlight, parallelismCount: await countActive(pool) }),
      )
      .get("/v2/flowControl", async (c) => {
        const search = queryOf(c).get("search") ?? "";
        return c.json(await listFlowControls(pool, { search }, nowMs(ctx)));
      })
      .get("/v2/flowControl/:key", async (c) => {
        const [flow] = await listFlowControls(pool, { key: c.req.param("key") }, nowMs(ctx));
        if (!flow) throw notFound(c.req.param("key"));
        return c.json(flow);
      })
      .post("/v2/flowControl/:key/pause", (c) => pause(c.req.param("key"), true))
      .post("/v2/flowControl/:key/resume", (c) => pause(c.req.param("key"), false))
      .post("/v2/flowControl/:key/resetRate", (c) => reset(c.req.param("key")))
      // The changelog's name of the same.
      .post("/v2/flowControl/:key/reset", (c) => reset(c.req.param("key")))
      .post("/v2/flowControl/:key/pin", async (c) => {
        await pinFlowControl(pool, c.req.param("key"), readPinned(queryOf(c), ctx.options), nowMs(ctx));
        dispatcher.wake();
        return c.body(null, 200);
      })
      .post("/v2/flowControl/:key/unpin", async (c) => {
        const query = queryOf(c);
        const limits = { parallelism: readFlag(query, "parallelism"), rate: readFlag(query, "rate") };
        if (!(await unpinFlowControl(pool, c.req.param("key"), limits))) throw notFound(c.req.param("key"));
        return c.body(null, 200);
      })
  );
}

/** @throws refusal 400 for a limit that is wrong, or without any */
function readPinned(query: URLSearchParams, options: Options): PinnedLimits {
  const parallelism = readLimit("parallelism", query.get("parallelism") ?? undefined);
  const rate = readLimit("rate", query.get("rate") ?? undefined);
  if (parallelism === undefined && rate === undefined) {
    throw refusal(400, "neither parallelism nor rate is given");
  }
  const period = query.get("period") ?? undefined;
  if (period === undefined) return { parallelism, rate, periodMs: undefined };
  const periodSec = readPeriodSec(period);
  checkFlowPeriod(periodSec, options);
  return { parallelism, rate, periodMs: periodSec * 1000 };
}

/** @throws refusal 400 for another word than true and false */
function readFlag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name) ?? "false";
  if (text === "true" || text === "false") return text === "true";
  throw refusal(400, `invalid ${name} "${text}": it must be true or false`);
}

function notFound(key: string): Error {
  return refusal(404, `flow control key ${key} not found`);
}
