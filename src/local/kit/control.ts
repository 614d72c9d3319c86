import { Hono, type MiddlewareHandler } from "hono";
import { z } from "zod";
import type { AdjustableClock } from "../../kernel/clock.ts";
import { type Faults, faultSchema } from "./faults.ts";
import type { ServerBindings } from "./listen.ts";

const advanceSchema = z.strictObject({ ms: z.number().int().positive() });

/**
 * What a test may do to a running stand-in; a service mounts it only when it was asked to.
 * - `POST /__local/clock/advance {"ms"}` moves the service's clock ahead.
 * - `GET`, `POST` (see `faultSchema`) and `DELETE /__local/faults` list, add and clear faults.
 */
export function controlRoutes(clock: AdjustableClock, faults: Faults): Hono {
  return new Hono()
    .post("/__local/clock/advance", async (c) => {
      const parsed = advanceSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
      clock.advance(parsed.data.ms);
      return c.json({ now: clock.now().getTime() });
    })
    .get("/__local/faults", (c) => c.json({ faults: faults.list() }))
    .post("/__local/faults", async (c) => {
      const parsed = faultSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
      faults.add(parsed.data);
      return c.json({ faults: faults.list() });
    })
    .delete("/__local/faults", (c) => {
      faults.clear();
      return c.json({ faults: [] });
    });
}

/** Applies the faults that are set on requests. Mount it behind `controlRoutes`, before the service's own routes. */
export function disturbRequests(clock: AdjustableClock, faults: Faults): MiddlewareHandler<ServerBindings> {
  return async (c, next) => {
    const fault = faults.take("request", c.req.path);
    if (!fault) return next();
    if (fault.latencyMs) await clock.wait(fault.latencyMs);
    const breakOff = () => {
      c.env?.outgoing?.destroy();
    };
    if (fault.drop === "before") {
      breakOff();
      return c.body(null);
    }
    if (fault.status !== undefined) {
      return Response.json({ error: "A fault was injected here." }, { status: fault.status });
    }
    await next();
    if (fault.drop === "after") breakOff();
  };
}
