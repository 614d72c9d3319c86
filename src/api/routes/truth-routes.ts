import { createRoute, z } from "@hono/zod-openapi";
import { readTruth } from "../../costs/truth/read-truth.ts";
import { truthSchema } from "../../costs/truth/truth-view.ts";
import { wholeHours } from "../../costs/truth/whole-hours.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";

const usualSpanMs = 86_400_000;

const truth = createRoute({
  method: "get",
  path: "/api/v1/costs/truth",
  summary: "The ledger held against what providers metered, each difference with its reasons",
  request: {
    query: z.object({
      from: z.iso.datetime().optional().openapi({ description: "a day before `to` unless it is said" }),
      to: z.iso.datetime().optional().openapi({ description: "now unless it is said" }),
    }),
  },
  responses: {
    200: json(truthSchema, "By meter, provider and model, of the whole hours of UTC"),
    ...refusals(400),
  },
});

/** Adds what the ledger is held against. */
export function addTruthRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(truth, async (c) => {
    const { from, to } = c.req.valid("query");
    const end = to === undefined ? ctx.clock.now() : new Date(to);
    const begin = from === undefined ? new Date(end.getTime() - usualSpanMs) : new Date(from);
    return c.json(await readTruth(ctx, wholeHours({ from: begin, to: end })), 200);
  });
}
