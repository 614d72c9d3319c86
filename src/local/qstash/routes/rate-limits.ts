import type { MiddlewareHandler } from "hono";
import { nowMs, type QstashContext } from "../context.ts";
import { countCreatedSince } from "../store/read-messages.ts";

const dayMs = 86_400_000;

/**
 * Refuses with 429 what is beyond the daily number of messages (requests that publish) or beyond the number of
 * requests in a second (all others), with the headers by which the SDK tells the two apart.
 */
export function limitRates(ctx: QstashContext): MiddlewareHandler {
  const { dailyMessages, burstRequests } = ctx.options;
  const burst = createBurst(burstRequests);
  return async (c, next) => {
    const now = nowMs(ctx);
    if (!/^\/v2\/(publish\/|enqueue\/|batch$)/.test(c.req.path)) {
      if (burst(now)) return next();
      const reset = Math.floor(now / 1000) + 1;
      return tooMany("Burst-RateLimit", burstRequests, reset, "requests in a second");
    }
    if (!Number.isFinite(dailyMessages)) return next();
    const dayStart = now - (now % dayMs);
    if ((await countCreatedSince(ctx.pool, dayStart)) < dailyMessages) return next();
    return tooMany("RateLimit", dailyMessages, (dayStart + dayMs) / 1000, "messages in a day");
  };
}

/** Counts the requests of each second by the clock; false once there are too many in it. */
function createBurst(most: number): (now: number) => boolean {
  let second = 0;
  let count = 0;
  return (now) => {
    const current = Math.floor(now / 1000);
    if (current !== second) [second, count] = [current, 0];
    count += 1;
    return count <= most;
  };
}

function tooMany(prefix: string, limit: number, resetSec: number, what: string): Response {
  const headers = {
    [`${prefix}-Limit`]: String(limit),
    [`${prefix}-Remaining`]: "0",
    [`${prefix}-Reset`]: String(resetSec),
  };
  return Response.json({ error: `exceeded the rate limit: ${limit} ${what}` }, { status: 429, headers });
}
