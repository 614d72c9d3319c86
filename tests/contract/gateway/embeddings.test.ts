import {
  GatewayAuthenticationError,
  GatewayInvalidRequestError,
  GatewayModelNotFoundError,
  GatewayRateLimitError,
} from "@ai-sdk/gateway";
import { cosineSimilarity, createGateway, embed, embedMany } from "ai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGatewayStandIn, gatewayBasePath } from "../../../src/local/gateway/create-gateway.ts";
import { type ServedStandIn, serveStandIn } from "../../support/stand-in.ts";

const apiKey = "gateway-key";
const modelId = "waybill/lexical-1536";
let standIn: ServedStandIn;
beforeAll(async () => {
  standIn = await serveStandIn((parts) => createGatewayStandIn({ ...parts, apiKey, control: true }));
});
afterAll(() => standIn.stop());

const modelWith = (key: string, id = modelId) =>
  createGateway({ apiKey: key, baseURL: standIn.url + gatewayBasePath }).embeddingModel(id);
const embedWith = (key: string, id = modelId) =>
  embed({ model: modelWith(key, id), value: "hello", maxRetries: 0 });

describe("embedMany through the gateway provider", () => {
  test("gives one unit vector of 1536 numbers for each text, in order", async () => {
    const values = ["The invoice was paid late.", "Mountains rise above the valley.", ""];
    const { embeddings } = await embedMany({ model: modelWith(apiKey), values });
    expect(embeddings.map((vector) => vector.length)).toEqual([1536, 1536, 1536]);
    for (const vector of embeddings) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    const alone = await embed({ model: modelWith(apiKey), value: values[1] ?? "" });
    expect(alone.embedding).toEqual(embeddings[1]);
  });

  test("charges the tokens that OpenAI's tokenizer counts", async () => {
    // The example of OpenAI's cookbook: tik, token, is, great, ! and so on are six in cl100k_base.
    const values = ["tiktoken is great!", "tiktoken is great!"];
    const { usage } = await embedMany({ model: modelWith(apiKey), values });
    expect(usage.tokens).toBe(12);
  });

  test("puts texts that share words nearer than texts that do not", async () => {
    const { embeddings } = await embedMany({
      model: modelWith(apiKey),
      values: ["late payment of invoices", "The invoice was paid late", "Mountains rise above the valley"],
    });
    const [question = [], near = [], far = []] = embeddings;
    expect(cosineSimilarity(question, near)).toBeGreaterThan(cosineSimilarity(question, far) + 0.3);
  });

  test("counts calls, texts and tokens as the provider would charge them", async () => {
    const before = { calls: 0, texts: 0, tokens: 0, ...Object(await standIn.usage()) };
    const { usage } = await embedMany({ model: modelWith(apiKey), values: ["one", "two words"] });
    expect(await standIn.usage()).toEqual({
      calls: before.calls + 1,
      texts: before.texts + 2,
      tokens: before.tokens + usage.tokens,
    });
  });
});

describe("refusals become the error classes of the SDK", () => {
  test("a wrong key: GatewayAuthenticationError", async () => {
    await expect(embedWith("another")).rejects.toSatisfy(GatewayAuthenticationError.isInstance);
  });

  test("an unknown model: GatewayModelNotFoundError with its id", async () => {
    const refused = await embedWith(apiKey, "openai/text-embedding-3-small").catch((error: unknown) => error);
    expect(refused).toSatisfy(GatewayModelNotFoundError.isInstance);
    expect(refused).toMatchObject({ statusCode: 404, modelId: "openai/text-embedding-3-small" });
  });

  test("an injected 429: GatewayRateLimitError", async () => {
    await standIn.fault({ match: "/embedding-model", status: 429, times: 1 });
    await expect(embedWith(apiKey)).rejects.toSatisfy(GatewayRateLimitError.isInstance);
    await expect(embedWith(apiKey)).resolves.toBeDefined();
  });

  test("a body without texts: GatewayInvalidRequestError", async () => {
    await expect(modelWith(apiKey).doEmbed({ values: [] })).rejects.toSatisfy(
      GatewayInvalidRequestError.isInstance,
    );
  });

  test("what the gateway also does is refused with 501, never answered falsely", async () => {
    const answer = await fetch(`${standIn.url}${gatewayBasePath}/language-model`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}` },
      body: "{}",
    });
    expect(answer.status).toBe(501);
    expect(await answer.json()).toMatchObject({
      error: { message: expect.stringContaining("embeddings only") },
    });
  });
});

test("lists its model through getAvailableModels", async () => {
  const { models } = await createGateway({
    apiKey,
    baseURL: standIn.url + gatewayBasePath,
  }).getAvailableModels();
  expect(models.map((model) => [model.id, model.modelType])).toEqual([[modelId, "embedding"]]);
});
