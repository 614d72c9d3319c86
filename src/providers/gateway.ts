import { APICallError, createGateway, type EmbeddingModel, embedMany } from "ai";
import { attr, spanNames } from "../telemetry/names.ts";
import type { SpanScope } from "../telemetry/span-scope.ts";
import { providerFault } from "./provider-fault.ts";

/** Texts turned into vectors through AI Gateway. */
export interface Gateway {
  /**
   * Embeds texts, in order.
   * @returns the vectors (one a text) and the tokens that the provider charged
   * @throws WaybillError provider_* by the provider's status
   */
  embed(
    span: SpanScope,
    input: { model: string; texts: readonly string[] },
  ): Promise<{ vectors: number[][]; tokens: number }>;
}

/** Most texts in one call to the gateway; more are split by the SDK. */
const maxParallelCalls = 2;

/** A client of AI Gateway; `baseUrl` is for a gateway that is not Vercel's. */
export function createGatewayProvider(config: { apiKey: string; baseUrl?: string | undefined }): Gateway {
  const gateway = createGateway({
    apiKey: config.apiKey,
    ...(config.baseUrl && { baseURL: config.baseUrl }),
  });
  return {
    async embed(span, { model, texts }) {
      const attributes = {
        [attr.genAiOperation]: "embeddings",
        [attr.genAiProvider]: model.split("/")[0] ?? model,
        [attr.genAiModel]: model,
        [attr.provider]: "gateway",
        [attr.textCount]: texts.length,
      };
      return span.child(spanNames.embed(model), { kind: "client", attributes }, async (scope) => {
        const answer = await call(gateway.embeddingModel(model), texts);
        scope.set({
          [attr.genAiInputTokens]: answer.tokens,
          [attr.genAiDimensions]: answer.vectors[0]?.length ?? 0,
        });
        return answer;
      });
    },
  };
}

async function call(model: EmbeddingModel, texts: readonly string[]) {
  try {
    // QStash retries a step that failed: a second layer of retries here would only hold the lease longer.
    const { embeddings, usage } = await embedMany({
      model,
      values: [...texts],
      maxRetries: 0,
      maxParallelCalls,
      telemetry: { isEnabled: false },
    });
    return { vectors: embeddings, tokens: usage.tokens };
  } catch (error) {
    throw providerFault("gateway", statusOf(error), error, retryAfterSec(error));
  }
}

/** The SDK says 500 where no answer came at all, or none that it could read; only its cause tells. */
function statusOf(error: unknown): number | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  const answered = APICallError.isInstance(cause) && cause.statusCode !== undefined;
  if (cause !== undefined && !answered) return undefined;
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

function retryAfterSec(error: unknown): number | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  const header = APICallError.isInstance(cause) ? cause.responseHeaders?.["retry-after"] : undefined;
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) ? seconds : undefined;
}
