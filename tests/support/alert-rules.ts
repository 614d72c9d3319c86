import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { expect } from "vitest";
import { z } from "zod";
import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { createApi } from "../../src/api/create-api.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { listOf } from "../../src/pipeline/files/file-view.ts";
import { type AlertRule, alertRuleSchema, alertSchema } from "../../src/triage/alerts/alert-rule-view.ts";
import { watchRules } from "../../src/triage/alerts/watch-rules.ts";
import { freePort } from "./free-port.ts";
import type { Stack } from "./stack.ts";

const toldSchema = z.object({ kind: z.string(), text: z.string(), url: z.string(), subject: z.string() });

/** What an address was sent. */
export interface Received {
  readonly body: string;
  readonly signature: string;
  readonly told: z.output<typeof toldSchema>;
}

/**
 * Rules of alerts by the API, as an admin uses it, with an address that gets what they tell.
 * @param clock the rules' own time
 */
export async function startAlertRules(stack: Stack, clock: Clock) {
  await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
  const received: Received[] = [];
  const port = await freePort();
  const hook = `http://127.0.0.1:${port}/hook/secret-path`;
  const app = new Hono();
  app.post("/hook/secret-path", async (c) => {
    const body = await c.req.text();
    const signature = c.req.header("waybill-signature") ?? "";
    received.push({ body, signature, told: toldSchema.parse(JSON.parse(body)) });
    return c.json({});
  });
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  const api = createApi({ ...stack.runtime, clock });
  const ask = async (method: string, path: string, body?: object): Promise<Response> =>
    api.request(`/api/v1/alert-rules${path}`, {
      method,
      headers: {
        authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
        "content-type": "application/json",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    ask,
    hook,
    /** Looks, as the tick does; says how many alerts were sent. */
    watch: () => watchRules({ ...stack.runtime, clock }),
    async make(rule: object): Promise<AlertRule> {
      const answer = await ask("POST", "", { name: "On call", url: hook, ...rule });
      expect(answer.status).toBe(201);
      return alertRuleSchema.parse(await answer.json());
    },
    async remove({ id }: AlertRule): Promise<void> {
      expect((await ask("DELETE", `/${id}`)).status).toBe(200);
    },
    /** What a rule has told, the newest first. */
    async toldBy({ id }: AlertRule) {
      return listOf(alertSchema).parse(await (await ask("GET", `/${id}/alerts`)).json()).items;
    },
    /** What the address was sent since it was asked last, once so much has come. */
    async arrived(count: number): Promise<Received[]> {
      await expect.poll(() => received.length, { timeout: 10_000 }).toBe(count);
      return received.splice(0);
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
