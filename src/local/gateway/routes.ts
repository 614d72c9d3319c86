import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Log } from "../../kernel/log.ts";
import type { Embedder } from "./embedder.ts";
import { embedBody, lexicalModel } from "./entities.ts";
import { GatewayError, gatewayErrorBody } from "./gateway-error.ts";

/** What the routes need. */
export interface GatewayRoutesOptions {
  readonly embedder: Embedder;
  readonly log: Log;
  /** Counts what the real service would charge for. */
  count(meter: "calls" | "texts" | "tokens", amount: number): Promise<void>;
}

/** The part of AI Gateway that the SDK's embedding model calls, below the base URL. */
export function gatewayRoutes(options: GatewayRoutesOptions): Hono {
  const app = new Hono();
  app.onError((error, context) => refuse(context, error, options.log));
  app.post("/embedding-model", (context) => embed(context, options));
  app.get("/config", (context) => context.json({ models: [modelEntry] }));
  app.all("*", () => {
    throw new GatewayError(
      501,
      "invalid_request_error",
      "The local stand-in for AI Gateway speaks embeddings only.",
    );
  });
  return app;
}

const modelEntry = {
  id: lexicalModel.id,
  name: lexicalModel.name,
  description: "Hashed words and character 4-grams: finds shared words, knows no meaning.",
  modelType: "embedding",
  specification: { specificationVersion: "v4", provider: "waybill", modelId: lexicalModel.id },
  pricing: { input: String(lexicalModel.usdPerToken), output: "0" },
};

async function embed(context: Context, { embedder, count }: GatewayRoutesOptions): Promise<Response> {
  const modelId = context.req.header("ai-model-id") ?? "";
  if (modelId !== lexicalModel.id) {
    throw new GatewayError(404, "model_not_found", `Model ${JSON.stringify(modelId)} not found`, { modelId });
  }
  const body = embedBody.safeParse(await context.req.json().catch(() => undefined));
  if (!body.success) throw new GatewayError(400, "invalid_request_error", z.prettifyError(body.error));
  const { values } = body.data;
  const { json, tokens } = await embedder.embed(values);
  await Promise.all([count("calls", 1), count("texts", values.length), count("tokens", tokens)]);
  const rest = JSON.stringify({
    usage: { tokens },
    providerMetadata: { gateway: { standIn: lexicalModel.name } },
  });
  // The vectors are JSON already: put together as bytes, so that no string of megabytes is made.
  const answer = Buffer.concat([Buffer.from('{"embeddings":'), json, Buffer.from(`,${rest.slice(1)}`)]);
  return context.body(answer, 200, { "content-type": "application/json" });
}

function refuse(context: Context, error: Error, log: Log): Response {
  if (error instanceof GatewayError) return context.json(gatewayErrorBody(error), error.status);
  log.error(error, "the gateway stand-in failed");
  const fault = new GatewayError(500, "internal_server_error", "Internal error of the local stand-in.");
  return context.json(gatewayErrorBody(fault), 500);
}
