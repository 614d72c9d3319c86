import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Auth, createAuth } from "./access/auth.ts";
import { type CallerCache, createCallerCache } from "./access/caller-cache.ts";
import { createSharedAnswers, type SharedAnswers } from "./api/shared-answers.ts";
import { createLeases } from "./costs/budgets/leases.ts";
import { type Db, openDatabase } from "./db/client.ts";
import { alertUrls } from "./jobs/alert-urls.ts";
import type { BreakerSettings } from "./jobs/breaker/breaker-rules.ts";
import type { ReceiveConfig } from "./jobs/receive.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { createComputeShares } from "./kernel/compute-shares.ts";
import { type Env, readEnv } from "./kernel/env.ts";
import { createLog, type Log } from "./kernel/log.ts";
import type { PipelineContext } from "./pipeline/context.ts";
import { createDocumentPool } from "./pipeline/documents/document-pool.ts";
import { createOriginals } from "./pipeline/originals.ts";
import { createBlobProvider } from "./providers/blob.ts";
import { createDeadLetterQueue } from "./providers/dead-letters.ts";
import { createGatewayProvider } from "./providers/gateway.ts";
import { createMessageLog } from "./providers/message-log.ts";
import { createGatewayReport } from "./providers/metering/gateway-report.ts";
import type { MeterSource } from "./providers/metering/meter-source.ts";
import { createQstashLog } from "./providers/metering/qstash-log.ts";
import { createUsageEndpoint } from "./providers/metering/usage-endpoint.ts";
import { createQueueProvider } from "./providers/qstash.ts";
import { createQueueControls } from "./providers/queue/queue-controls.ts";
import { createQueueReader } from "./providers/queue/queue-reader.ts";
import { createVectorProvider } from "./providers/vector.ts";
import { createTelemetry } from "./telemetry/create-telemetry.ts";
import type { OtlpTarget } from "./telemetry/otlp-exporter.ts";

/** The whole product, wired: what entry points (routes, pages, commands, tests) hand to the domain's verbs. */
export interface Runtime extends PipelineContext {
  readonly env: Env;
  readonly log: Log;
  readonly receive: ReceiveConfig;
  readonly auth: Auth;
  readonly callers: CallerCache;
  readonly answers: SharedAnswers;
  /** Who can say what the providers metered. */
  readonly meterSources: readonly MeterSource[];
  close(): Promise<void>;
}

/** Bytes of originals that one machine keeps at hand; serverless machines have 512 MB in all. */
const originalsBytes = 300 * 1024 * 1024;

/** Wires a runtime from an environment. */
export function createRuntime(
  env: Env,
  options: { clock?: Clock; log?: Log; originalsFolder?: string } = {},
): Runtime {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog(env.WAYBILL_LOG_LEVEL);
  const database = openDatabase({ url: env.DATABASE_URL, wsProxy: env.DATABASE_WS_PROXY });
  const deployment = env.VERCEL_DEPLOYMENT_ID;
  const telemetry = createTelemetry({
    db: database.db,
    log,
    deployment,
    enabled: env.WAYBILL_TELEMETRY === "on",
    requestRatio: env.WAYBILL_REQUEST_TRACE_RATIO,
    otlp: otlpTarget(env),
  });
  const blob = createBlobProvider({ token: env.BLOB_READ_WRITE_TOKEN });
  // Node runs the file itself: it is no part of the server's bundle.
  const workerPath = join(/* turbopackIgnore: true */ process.cwd(), "src/pipeline/documents/worker.ts");
  const documents = createDocumentPool({
    workerPath,
    threads: env.WAYBILL_DOCUMENT_THREADS,
    timeLimitMs: 100_000,
    memoryLimitMb: 768,
    clock,
  });
  const pictures = createDocumentPool({
    workerPath,
    threads: 1,
    timeLimitMs: 10_000,
    memoryLimitMb: 384,
    clock,
  });
  const qstash = { url: env.QSTASH_URL, token: env.QSTASH_TOKEN, waybillUrl: env.WAYBILL_URL };
  return {
    env,
    clock,
    log,
    deployment,
    telemetry,
    compute: createComputeShares({ clock, memoryMb: env.WAYBILL_FUNCTION_MEMORY_MB }),
    blob,
    documents,
    pictures,
    db: database.db,
    auth: createAuth({ db: database.db, clock, env }),
    callers: createCallerCache(clock),
    answers: createSharedAnswers({ clock, lifeMs: env.WAYBILL_SHARED_ANSWERS_MS }),
    leases: createLeases({ db: database.db, clock }),
    originals: createOriginals({
      blob,
      folder: options.originalsFolder ?? join(tmpdir(), "waybill-originals"),
      maxBytes: originalsBytes,
      clock,
    }),
    gateway: createGatewayProvider({ apiKey: env.AI_GATEWAY_API_KEY, baseUrl: env.AI_GATEWAY_BASE_URL }),
    vector: createVectorProvider({ url: env.UPSTASH_VECTOR_REST_URL, token: env.UPSTASH_VECTOR_REST_TOKEN }),
    queue: createQueueProvider(qstash),
    messageLog: createMessageLog(qstash),
    deadLetters: createDeadLetterQueue(qstash),
    queueReader: createQueueReader({ ...qstash, clock }),
    queueControls: createQueueControls({ ...qstash, clock }),
    meterSources: meterSources(env, clock, database.db),
    alertUrl: env.WAYBILL_ALERT_URL,
    projectParallelism: env.WAYBILL_PROJECT_PARALLELISM,
    breaker: breakerSettings(env),
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
      await pictures.close();
      await database.close();
    },
  };
}

function meterSources(env: Env, clock: Clock, db: Db): MeterSource[] {
  const { WAYBILL_URL: waybillUrl, WAYBILL_ALERT_URL: alertUrl, WAYBILL_METER_URLS: urls } = env;
  return [
    createQstashLog({
      ...{ url: env.QSTASH_URL, token: env.QSTASH_TOKEN, waybillUrl, clock },
      alertUrls: (span) => alertUrls(db, alertUrl, span),
    }),
    createGatewayReport({ apiKey: env.AI_GATEWAY_API_KEY, baseUrl: env.AI_GATEWAY_BASE_URL }),
    ...(urls.vector === undefined ? [] : [createUsageEndpoint("vector", urls.vector)]),
    ...(urls.blob === undefined ? [] : [createUsageEndpoint("blob", urls.blob)]),
  ];
}

function breakerSettings(env: Env): BreakerSettings {
  return {
    enabled: env.WAYBILL_BREAKERS === "on",
    windowMs: env.WAYBILL_BREAKER_WINDOW_S * 1000,
    leastCalls: env.WAYBILL_BREAKER_CALLS,
    errorPercent: env.WAYBILL_BREAKER_ERROR_PERCENT,
    coolDownMs: env.WAYBILL_BREAKER_COOL_DOWN_S * 1000,
  };
}

function otlpTarget(env: Env): OtlpTarget | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: protocol } = env;
  return endpoint === undefined ? undefined : { endpoint, protocol };
}

// Next loads this module more than once (instrumentation, routes): the runtime is kept beside the process.
const holder: typeof globalThis & { waybillRuntime?: Runtime } = globalThis;

/** The runtime of this process, built at the first call from the process's environment. */
export function getRuntime(): Runtime {
  holder.waybillRuntime ??= createRuntime(readEnv());
  return holder.waybillRuntime;
}
