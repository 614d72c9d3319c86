/**
 * Every span name, attribute and meter of Waybill. Names follow OpenTelemetry's semantic conventions 1.45
 * (`messaging.*`, `gen_ai.*`, `db.*`, `error.type`, `http.*`); ours are `waybill.*`.
 */
export const spanNames = {
  /** The root of a run, from upload to the end. */
  ingest: "ingest",
  receiveUpload: "receive upload",
  /** One delivery of a step: `process <step>`. */
  process: (step: string) => `process ${step}`,
  send: "send ingest-file",
  waitQueue: "wait in queue",
  waitBackoff: "wait for next attempt",
  waitHeld: "wait while held",
  lostAttempt: (step: string) => `process ${step} (lost)`,
  embed: (model: string) => `embeddings ${model}`,
  vectorUpsert: "upsert vectors",
  vectorDelete: "delete vectors",
  vectorQuery: "query vectors",
  blobPut: "put blob",
  blobGet: "get blob",
  readDocument: "read document",
} as const;

/** Attribute keys. */
export const attr = {
  fileId: "waybill.file.id",
  runId: "waybill.run.id",
  runNumber: "waybill.run.number",
  project: "waybill.project",
  step: "waybill.step",
  stepId: "waybill.step.id",
  shard: "waybill.shard",
  attempt: "waybill.attempt",
  graphVersion: "waybill.graph.version",
  deployment: "waybill.deployment",
  outcome: "waybill.outcome",
  waitReason: "waybill.wait.reason",
  errorCode: "waybill.error.code",
  errorType: "error.type",
  cachedVectors: "waybill.embeddings.cached",
  vectorCount: "waybill.vector.count",
  bytes: "waybill.bytes",
  pages: "waybill.pages",
  messageId: "messaging.message.id",
  messagingSystem: "messaging.system.name",
  messagingOperation: "messaging.operation.name",
  messagingOperationType: "messaging.operation.type",
  messagingDestination: "messaging.destination.name",
  messageRetried: "waybill.message.retried",
  batchCount: "messaging.batch.message_count",
  genAiOperation: "gen_ai.operation.name",
  genAiProvider: "gen_ai.provider.name",
  genAiModel: "gen_ai.request.model",
  genAiInputTokens: "gen_ai.usage.input_tokens",
  genAiDimensions: "gen_ai.embeddings.dimension.count",
  dbSystem: "db.system.name",
  dbOperation: "db.operation.name",
  dbNamespace: "db.namespace",
  httpMethod: "http.request.method",
  httpStatus: "http.response.status_code",
  urlFull: "url.full",
} as const;

/** What is counted and priced; the unit stands in the price book. */
export const meters = {
  qstashMessages: "qstash.messages",
  embeddingTokens: "embedding.tokens",
  vectorWrites: "vector.writes",
  vectorQueries: "vector.queries",
  blobOperations: "blob.operations",
  blobBytes: "blob.bytes",
  computeMs: "compute.ms",
} as const;

/** A meter's name. */
export type Meter = (typeof meters)[keyof typeof meters];

/** The header under which a message carries the span that sent it; never `traceparent` (see docs/decisions). */
export const traceHeader = "waybill-trace";
