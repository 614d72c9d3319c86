import {
  GatewayAuthenticationError,
  GatewayInvalidRequestError,
  GatewayModelNotFoundError,
  GatewayRateLimitError,
} from "@ai-sdk/gateway";
import { cosineSimilarity, embed, embedMany } from "ai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { type GatewayTarget, openTarget } from "./target.ts";

let target: GatewayTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const model = (id = target.modelId) => target.provider().embeddingModel(id);
const embedWith = (key: string, id = target.modelId) =>
  embed({ model: target.provider(key).embeddingModel(id), value: "hello", maxRetries: 0 });

describe("embedMany through the gateway provider", () => {
  test("gives one unit vector of 1536 numbers for each text, in order", async () => {
    const values = ["The invoice was paid late.", "Mountains rise above the valley.", "x"];
    const { embeddings } = await embedMany({ model: model(), values });
    expect(embeddings.map((vector) => vector.length)).toEqual([1536, 1536, 1536]);
    for (const vector of embeddings) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    const alone = await embed({ model: model(), value: values[1] ?? "" });
    expect(alone.embedding).toEqual(embeddings[1]);
  });

  test("a text without a word is a unit vector as well", async () => {
    needs("stand-in");
    const { embedding } = await embed({ model: model(), value: "" });
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 4);
  });

  test("charges the tokens that OpenAI's tokenizer counts", async () => {
    // The example of OpenAI's cookbook: tik, token, is, great, ! and so on are six in cl100k_base.
    const values = ["tiktoken is great!", "tiktoken is great!"];
    const { usage } = await embedMany({ model: model(), values });
    expect(usage.tokens).toBe(12);
  });

  test("puts texts that share words nearer than texts that do not", async () => {
    const { embeddings } = await embedMany({
      model: model(),
      values: ["late payment of invoices", "The invoice was paid late", "Mountains rise above the valley"],
    });
    const [question = [], near = [], far = []] = embeddings;
    expect(cosineSimilarity(question, near)).toBeGreaterThan(cosineSimilarity(question, far) + 0.3);
  });

  test("counts calls, texts and tokens as the provider would charge them", async () => {
    needs("meter");
    const before = { calls: 0, texts: 0, tokens: 0, ...Object(await target.usage()) };
    const { usage } = await embedMany({ model: model(), values: ["one", "two words"] });
    expect(await target.usage()).toEqual({
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
    const refused = await embedWith(target.apiKey, "nobody/no-such-model").catch((error: unknown) => error);
    expect(refused).toSatisfy(GatewayModelNotFoundError.isInstance);
    expect(refused).toMatchObject({ statusCode: 404, modelId: "nobody/no-such-model" });
  });

  test("an injected 429: GatewayRateLimitError", async () => {
    needs("faults");
    await target.fault({ match: "/embedding-model", status: 429, times: 1 });
    await expect(embedWith(target.apiKey)).rejects.toSatisfy(GatewayRateLimitError.isInstance);
    await expect(embedWith(target.apiKey)).resolves.toBeDefined();
  });

  test("a body without texts: GatewayInvalidRequestError", async () => {
    await expect(model().doEmbed({ values: [] })).rejects.toSatisfy(GatewayInvalidRequestError.isInstance);
  });

  test("what the gateway also does is refused with 501, never answered falsely", async () => {
    needs("stand-in");
    const answer = await fetch(`${target.url}/language-model`, {
      method: "POST",
      headers: { authorization: `Bearer ${target.apiKey}` },
      body: "{}",
    });
    expect(answer.status).toBe(501);
    expect(await answer.json()).toMatchObject({
      error: { message: expect.stringContaining("embeddings only") },
    });
  });
});

test("lists its model through getAvailableModels", async () => {
  const { models } = await target.provider().getAvailableModels();
  expect(models).toContainEqual(expect.objectContaining({ id: target.modelId, modelType: "embedding" }));
});
