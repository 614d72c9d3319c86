import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Usage } from "../kit/usage.ts";
import { lexicalModel } from "./entities.ts";
import { GatewayError, gatewayErrorBody } from "./gateway-error.ts";

const dayMs = 86_400_000;
const querySchema = z.object({
  start_date: z.iso.date(),
  end_date: z.iso.date(),
  group_by: z.literal("day").default("day"),
  date_part: z.literal("hour"),
  model: z.string(),
});

/**
 * `GET /v1/report`, beside the base path: what the SDK's `getSpendReport` asks for, of which the hours of one
 * model are spoken. The dates are days of UTC, both of which belong to it.
 */
export function reportRoutes(usage: Pick<Usage, "readHours">): Hono {
  return new Hono().get("/v1/report", async (c) => {
    const query = querySchema.safeParse(c.req.query());
    if (!query.success) return refuse(c, z.prettifyError(query.error));
    const { start_date, end_date, model } = query.data;
    const span = { fromMs: Date.parse(start_date), toMs: Date.parse(end_date) + dayMs };
    const hours = model === lexicalModel.id ? await usage.readHours(span) : new Map();
    return c.json({ results: [...hours].map(([hourMs, counters]) => resultOf(hourMs, counters)) });
  });
}

function resultOf(hourMs: number, { calls = 0, tokens = 0 }: Readonly<Record<string, number>>) {
  const cost = tokens * lexicalModel.usdPerToken;
  return {
    hour: new Date(hourMs).toISOString(),
    total_cost: cost,
    market_cost: cost,
    input_tokens: tokens,
    request_count: calls,
  };
}

function refuse(c: Context, problems: string): Response {
  const spoken = "The local stand-in for AI Gateway reports the hours of one model alone";
  return c.json(
    gatewayErrorBody(new GatewayError(501, "invalid_request_error", `${spoken}: ${problems}`)),
    501,
  );
}
