import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "./db/client.ts";
import type { ReceiveConfig } from "./jobs/receive.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { type Env, readEnv } from "./kernel/env.ts";
import { createLog } from "./kernel/log.ts";
import type { PipelineContext } from "./pipeline/context.ts";
import { createDocumentPool } from "./pipeline/documents/document-pool.ts";
import { createOriginals } from "./pipeline/originals.ts";
import { createBlobProvider } from "./providers/blob.ts";
import { createGatewayProvider } from "./providers/gateway.ts";
import { createQueueProvider } from "./providers/qstash.ts";
import { createVectorProvider } from "./providers/vector.ts";
import { createTelemetry } from "./telemetry/create-telemetry.ts";

/** The whole product, wired: what entry points (routes, pages, commands, tests) hand to the domain's verbs. */
export interface Runtime extends PipelineContext {
  readonly env: Env;
  readonly receive: ReceiveConfig;
  close(): Promise<void>;
}

/** Bytes of originals that one machine keeps at hand; serverless machines have 512 MB in all. */
const originalsBytes = 300 * 1024 * 1024;

/** Wires a runtime from an environment. */
export function createRuntime(env: Env, options: { clock?: Clock } = {}): Runtime {
  const clock = options.clock ?? systemClock;
  const log = createLog(env.WAYBILL_LOG_LEVEL);
  const database = openDatabase({ url: env.DATABASE_URL, wsProxy: env.DATABASE_WS_PROXY });
  const deployment = env.VERCEL_DEPLOYMENT_ID;
  const telemetry = createTelemetry({
    db: database.db,
    log,
    deployment,
    enabled: env.WAYBILL_TELEMETRY === "on",
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  });
  const blob = createBlobProvider({ token: env.BLOB_READ_WRITE_TOKEN });
  const documents = createDocumentPool({
    // Node runs the file itself: it is no part of the server's bundle.
    workerPath: join(/* turbopackIgnore: true */ process.cwd(), "src/pipeline/documents/worker.ts"),
    threads: env.WAYBILL_DOCUMENT_THREADS,
    timeLimitMs: 100_000,
    memoryLimitMb: 768,
    clock,
  });
  return {
    env,
    clock,
    log,
    deployment,
    telemetry,
    blob,
    documents,
    db: database.db,
    originals: createOriginals({
      blob,
      folder: join(tmpdir(), "waybill-originals"),
      maxBytes: originalsBytes,
      clock,
    }),
    gateway: createGatewayProvider({ apiKey: env.AI_GATEWAY_API_KEY, baseUrl: env.AI_GATEWAY_BASE_URL }),
    vector: createVectorProvider({ url: env.UPSTASH_VECTOR_REST_URL, token: env.UPSTASH_VECTOR_REST_TOKEN }),
    queue: createQueueProvider({ url: env.QSTASH_URL, token: env.QSTASH_TOKEN, waybillUrl: env.WAYBILL_URL }),
    projectParallelism: env.WAYBILL_PROJECT_PARALLELISM,
    embedding: { model: env.WAYBILL_EMBEDDING_MODEL, dimensions: env.WAYBILL_EMBEDDING_DIMENSIONS },
    receive: {
      currentSigningKey: env.QSTASH_CURRENT_SIGNING_KEY,
      nextSigningKey: env.QSTASH_NEXT_SIGNING_KEY,
      waybillUrl: env.WAYBILL_URL,
      log,
    },
    async close() {
      await telemetry.close();
      await documents.close();
      await database.close();
    },
  };
}

// Next loads this module more than once (instrumentation, routes): the runtime is kept beside the process.
const holder: typeof globalThis & { waybillRuntime?: Runtime } = globalThis;

/** The runtime of this process, built at the first call from the process's environment. */
export function getRuntime(): Runtime {
  holder.waybillRuntime ??= createRuntime(readEnv());
  return holder.waybillRuntime;
}
