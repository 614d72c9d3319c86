import type { MiddlewareHandler } from "hono";
import type { Deed } from "../access/permissions.ts";
import { permissions } from "../access/permissions.ts";
import type { Caller } from "../access/principal.ts";
import { redactFor } from "../triage/redaction/read-redaction.ts";
import type { ApiContext } from "./context.ts";
import { payloads, redactAt } from "./payloads.ts";
import { servedRoute } from "./served-route.ts";

/**
 * Hides on the way out what a caller is not to see of payloads, whoever worked the answer out and whoever shares it.
 * What is stored, and what jobs and requeues work with, is as it was. The trace as OTLP, which is streamed, is redacted piece by piece.
 */
export function redactAnswers(
  ctx: Pick<ApiContext, "db">,
): MiddlewareHandler<{ Variables: { principal: Caller } }> {
  return async (c, next) => {
    await next();
    const route = servedRoute(c);
    const places = route !== undefined && isDeed(route) ? payloads[route] : undefined;
    if (places === undefined || !c.res.ok) return;
    const redact = await redactFor(ctx, c.get("principal").role);
    const shown = redactAt(await c.res.json(), places, redact);
    c.res = new Response(JSON.stringify(shown), c.res);
  };
}

function isDeed(route: string): route is Deed {
  return route in permissions;
}
