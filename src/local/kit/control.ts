import { Hono, type MiddlewareHandler } from "hono";
import { z } from "zod";
import type { AdjustableClock } from "../../kernel/clock.ts";
import { type Fault, type Faults, faultSchema } from "./faults.ts";
import type { ServerBindings } from "./listen.ts";
import { refuseForeignPages } from "./own-pages.ts";

const longestAdvanceMs = 366 * 86_400_000;

/** How far the clock is to be moved: at most a year at a time. */
export const advanceSchema = z.strictObject({ ms: z.number().int().positive().max(longestAdvanceMs) });

/** A request with this header meets no fault and uses none up: looking at the stack must not change it. */
export const undisturbedHeader = "waybill-local-undisturbed";

/**
 * What a test may do to a running stand-in; a service mounts it only when it was asked to.
 * - `POST /__local/clock/advance {"ms"}` moves the service's clock ahead.
 * - `GET`, `POST` (see `faultSchema`) and `DELETE /__local/faults` list, add and clear faults;
 *   `DELETE /__local/faults/<id>` removes one.
 */
export function controlRoutes(clock: AdjustableClock, faults: Faults): Hono {
  const list = () => ({ faults: faults.list() });
  return new Hono()
    .use("/__local/*", refuseForeignPages)
    .post("/__local/clock/advance", async (c) => {
      const parsed = advanceSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
      clock.advance(parsed.data.ms);
      return c.json({ now: clock.now().getTime() });
    })
    .get("/__local/faults", (c) => c.json(list()))
    .post("/__local/faults", async (c) => {
      const parsed = faultSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
      faults.add(parsed.data);
      return c.json(list());
    })
    .delete("/__local/faults", (c) => {
      faults.clear();
      return c.json(list());
    })
    .delete("/__local/faults/:id", (c) => {
      if (!faults.remove(Number(c.req.param("id")))) return c.json({ error: "There is no such fault." }, 404);
      return c.json(list());
    });
}

/** An injected status in the service's own words, so that its SDK raises the error that it would there. */
export type FaultAnswer = (status: number, message: string) => Response;

const plainAnswer: FaultAnswer = (status, message) => Response.json({ error: message }, { status });

/** Applies the faults that are set on requests. Mount it behind `controlRoutes`, before the service's own routes. */
export function disturbRequests(
  clock: AdjustableClock,
  faults: Faults,
  answer: FaultAnswer = plainAnswer,
): MiddlewareHandler<ServerBindings> {
  return async (c, next) => {
    if (c.req.header(undisturbedHeader) !== undefined) return next();
    const passage = { on: "request", target: c.req.path, clock } as const;
    return faults.disturb(passage, async (fault) => {
      const breakOff = () => {
        c.env?.outgoing?.destroy();
      };
      if (fault?.drop === "before") {
        breakOff();
        return c.body(null);
      }
      if (fault?.status !== undefined) return told(fault, answer(fault.status, "A fault was injected here."));
      await next();
      if (fault?.drop === "after") breakOff();
      return undefined;
    });
  };
}

function told({ retryAfterSec }: Fault, answered: Response): Response {
  if (retryAfterSec !== undefined) answered.headers.set("Retry-After", String(retryAfterSec));
  return answered;
}
