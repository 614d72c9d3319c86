import { createRoute, z } from "@hono/zod-openapi";
import { listPrices } from "../../costs/prices/list-prices.ts";
import { newPriceSchema } from "../../costs/prices/new-price.ts";
import { previewPrice } from "../../costs/prices/preview-price.ts";
import { pricePreviewSchema, priceViewSchema } from "../../costs/prices/price-view.ts";
import { addPrice } from "../../triage/add-price.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody, reason } from "../deed-request.ts";

const newPriceBody = newPriceSchema
  .partial({ effectiveFrom: true, seenOn: true, confidence: true })
  .extend({
    perUnits: newPriceSchema.shape.perUnits.default(1),
    reason,
  })
  .strict();
type NewPriceBody = z.output<typeof newPriceBody>;

const body = jsonBody(newPriceBody);

const list = createRoute({
  method: "get",
  path: "/api/v1/prices",
  summary: "The price book with its history, of each meter, provider and model the latest price first",
  request: {
    query: z.object({
      meter: z.string().optional(),
      provider: z.string().optional(),
      model: z.string().optional(),
    }),
  },
  responses: { 200: json(z.object({ items: z.array(priceViewSchema) }), "Prices"), ...refusals(400) },
});

const preview = createRoute({
  method: "post",
  path: "/api/v1/prices/preview",
  summary: "What a price would change if it were added; nothing is written",
  request: { body },
  responses: { 200: json(pricePreviewSchema, "What would change"), ...refusals(400) },
});

const add = createRoute({
  method: "post",
  path: "/api/v1/prices",
  summary: "Add a price, from now on, from a later time, or from an earlier one: then entries are corrected",
  request: {
    body,
    headers: idempotencyHeaders("the same key twice is one price"),
  },
  responses: { 201: json(priceViewSchema, "The price, with its correction"), ...refusals(400, 409, 503) },
});

/** Adds the price book. */
export function addPriceRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => c.json({ items: await listPrices(ctx, c.req.valid("query")) }, 200));
  api.openapi(preview, async (c) => c.json(await previewPrice(ctx, toPrice(ctx, c.req.valid("json"))), 200));
  api.openapi(add, async (c) => {
    const { reason = null, ...price } = c.req.valid("json");
    const input = {
      price: toPrice(ctx, price),
      fromNow: price.effectiveFrom === undefined,
      reason,
      idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      actor: actorOf(ctx, c.get("principal"), c.req.raw),
    };
    return c.json(await addPrice(ctx, input), 201);
  });
}

/** What is left out: from now on, read today, and surely. */
function toPrice({ clock }: ApiContext, said: Omit<NewPriceBody, "reason">) {
  const now = clock.now();
  return {
    ...said,
    effectiveFrom: said.effectiveFrom ?? now,
    seenOn: said.seenOn ?? now.toISOString().slice(0, 10),
    confidence: said.confidence ?? ("high" as const),
  };
}
