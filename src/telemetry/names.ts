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
  waitFlowControl: "wait for flow control",
  /** A step that needs all shards of another waits from the end of the first to that of the last. */
  waitSiblings: "wait for siblings",
  waitHeld: "wait while held",
  /** Somebody lets a run that has ended go on, in its next round, or begins the file's next run. */
  requeue: "requeue",
  /** A look-up in the index, as an application would do it. */
  search: "search",
  /** The run had ended, until it was requeued. */
  waitRequeue: "wait for requeue",
  lostAttempt: (step: string) => `process ${step} (lost)`,
  embed: (model: string) => `embeddings ${model}`,
  vectorUpsert: "upsert vectors",
  vectorDelete: "delete vectors",
  vectorQuery: "query vectors",
  blobPut: "put blob",
  blobGet: "get blob",
  readDocument: "read document",
} as const;

/** Names of what happened within a span. */
export const eventNames = {
  log: "log",
  clockSkew: "clock skew",
} as const;

/** Counters that other tools get by OTLP (telemetry/spending-metrics.ts). */
export const metrics = {
  /** What was spent, in nano-USD. */
  cost: "waybill.cost",
  tokens: "waybill.tokens",
} as const;

/** Attribute keys. */
export const attr = {
  fileId: "waybill.file.id",
  runId: "waybill.run.id",
  runNumber: "waybill.run.number",
  project: "waybill.project",
  step: "waybill.step",
  /** What was counted and priced: one of the meters below. */
  meter: "waybill.meter",
  stepId: "waybill.step.id",
  shard: "waybill.shard",
  attempt: "waybill.attempt",
  round: "waybill.round",
  requeueFrom: "waybill.requeue.from",
  graphVersion: "waybill.graph.version",
  deployment: "waybill.deployment",
  outcome: "waybill.outcome",
  waitReason: "waybill.wait.reason",
  /** In ms: by how much the writer's clock disagrees with that of the machine that came before. */
  clockSkew: "waybill.clock.skew_ms",
  /** The step whose shards were waited for. */
  waitFor: "waybill.wait.for",
  budgetId: "waybill.budget.id",
  /** What the budget is called that had no room. */
  budget: "waybill.budget",
  errorCode: "waybill.error.code",
  /** True where the span was written from its attempt's row, as its worker had died. */
  recovered: "waybill.span.recovered",
  errorFingerprint: "waybill.error.fingerprint",
  errorType: "error.type",
  provider: "waybill.provider",
  blobOperation: "waybill.blob.operation",
  textCount: "waybill.embeddings.texts",
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
  urlPath: "url.path",
  logSeverity: "log.severity",
  logMessage: "log.message",
} as const;

/** What is counted and priced; the unit stands in the price book. */
export const meters = {
  qstashMessages: "qstash.messages",
  embeddingTokens: "embedding.tokens",
  vectorWrites: "vector.writes",
  vectorQueries: "vector.queries",
  vectorStorage: "vector.storage",
  blobOperations: "blob.operations",
  blobTransfer: "blob.transfer",
  blobStorage: "blob.storage",
  /** Time of a processor at work, not the time that passed. */
  computeMs: "compute.ms",
  /** Memory that stands ready, for as long as it does. */
  computeMemory: "compute.memory",
  sandboxMs: "sandbox.ms",
  sandboxMemory: "sandbox.memory",
  databaseRows: "db.rows",
} as const;

/** A meter's name. */
export type Meter = (typeof meters)[keyof typeof meters];

/** The header under which a message carries the span that sent it; never `traceparent` (see docs/decisions). */
export const traceHeader = "waybill-trace";
