import { type Context, Hono } from "hono";
import { z } from "zod";
import type { AdjustableClock } from "../../kernel/clock.ts";
import { advanceSchema } from "../kit/control.ts";
import { reasonOf } from "./answered.ts";
import { type InspectedService, serviceNames } from "./inspected.ts";

const patienceMs = 5000;
const faultsPath = "/__local/faults";

const injectSchema = z
  .strictObject({
    service: z.enum(serviceNames),
    fault: z.looseObject({ on: z.string().optional() }),
  })
  .refine(({ service, fault }) => service === "qstash" || fault.on !== "delivery", {
    path: ["fault", "on"],
    message: "Only QStash delivers; the others take faults on requests.",
  });
const clearSchema = z.strictObject({
  service: z.enum(serviceNames),
  id: z.coerce.number().int().positive().optional(),
});

/** What the page may do to the stack: `POST /clock/advance`, `POST /faults`, `DELETE /faults?service=&id=`. */
export function controlApi(clock: AdjustableClock, services: readonly InspectedService[]): Hono {
  const send = async (c: Context, service: string, path: string, init: RequestInit) => {
    const url = services.find(({ name }) => name === service)?.url;
    if (url === undefined) return c.json({ error: `The stack has no ${service}.` }, 404);
    try {
      const answer = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(patienceMs) });
      return new Response(answer.body, {
        status: answer.status,
        headers: { "content-type": "application/json" },
      });
    } catch (error) {
      return c.json({ error: `${service}: ${reasonOf(error)}` }, 502);
    }
  };
  return (
    new Hono()
      // All stand-ins live by this one clock: moving it moves them all.
      .post("/clock/advance", async (c) => {
        const asked = advanceSchema.safeParse(await bodyOf(c));
        if (!asked.success) return refuse(c, asked.error);
        clock.advance(asked.data.ms);
        return c.json({ nowMs: clock.now().getTime() });
      })
      .post("/faults", async (c) => {
        const asked = injectSchema.safeParse(await bodyOf(c));
        if (!asked.success) return refuse(c, asked.error);
        const { service, fault } = asked.data;
        return send(c, service, faultsPath, { method: "POST", body: JSON.stringify(fault) });
      })
      .delete("/faults", (c) => {
        const asked = clearSchema.safeParse(c.req.query());
        if (!asked.success) return Promise.resolve(refuse(c, asked.error));
        const { service, id } = asked.data;
        const path = id === undefined ? faultsPath : `${faultsPath}/${id}`;
        return send(c, service, path, { method: "DELETE" });
      })
  );
}

function bodyOf(c: Context): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}

function refuse(c: Context, error: z.ZodError): Response {
  return c.json({ error: z.prettifyError(error) }, 400);
}
