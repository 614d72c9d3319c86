import { z } from "zod";

/** `vector=https://…,blob=https://…`: an address for each service. */
const meterUrls = z
  .string()
  .transform((text) => Object.fromEntries(text.split(",").map((pair) => pair.trim().split(/=(.*)/s, 2))))
  .pipe(z.strictObject({ vector: z.url().optional(), blob: z.url().optional() }));

/** Environment variables as they are read at boot; docs/deploy.md explains each. */
const variables = z.object({
  DATABASE_URL: z.url(),
  /** `host:port/path` of a WebSocket bridge, for a Postgres that is not Neon. */
  DATABASE_WS_PROXY: z.string().optional(),

  QSTASH_URL: z.url().default("https://qstash.upstash.io"),
  QSTASH_TOKEN: z.string().min(1),
  QSTASH_CURRENT_SIGNING_KEY: z.string().min(1),
  QSTASH_NEXT_SIGNING_KEY: z.string().min(1),

  UPSTASH_VECTOR_REST_URL: z.url(),
  UPSTASH_VECTOR_REST_TOKEN: z.string().min(1),

  AI_GATEWAY_API_KEY: z.string().min(1),
  AI_GATEWAY_BASE_URL: z.url().optional(),

  BLOB_READ_WRITE_TOKEN: z.string().min(1),
  VERCEL_BLOB_API_URL: z.url().optional(),

  /** The address at which QStash and Blob reach this deployment, without a slash at the end. */
  WAYBILL_URL: z.url().transform((url) => url.replace(/\/+$/, "")),
  /** An API key with the role admin; the set-up stores its hash. */
  WAYBILL_API_KEY: z.string().min(16),
  /** Signs sessions' cookies, and keys the hashes of API keys and invitations; at least 32 characters. */
  WAYBILL_SESSION_SECRET: z.string().min(32),
  /** An identity provider by which people may sign in; all three or none (docs/deploy.md). */
  WAYBILL_OIDC_DISCOVERY_URL: z.url().optional(),
  WAYBILL_OIDC_CLIENT_ID: z.string().min(1).optional(),
  WAYBILL_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the button of the sign-in page calls it. */
  WAYBILL_OIDC_NAME: z.string().min(1).max(40).default("single sign-on"),
  WAYBILL_EMBEDDING_MODEL: z.string().default("openai/text-embedding-3-small"),
  WAYBILL_EMBEDDING_DIMENSIONS: z.coerce.number().int().positive().default(1536),
  WAYBILL_MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(100 * 1024 * 1024),
  WAYBILL_UPLOADS_PER_MINUTE: z.coerce.number().int().positive().default(600),
  /** How long an answer of the API is given to others who ask the same, in ms; 0: each reads for itself. */
  WAYBILL_SHARED_ANSWERS_MS: z.coerce.number().int().min(0).max(60_000).default(2_000),
  /** Share of page and API requests whose spans are kept, 0 to 1; job traces are always kept. */
  WAYBILL_REQUEST_TRACE_RATIO: z.coerce.number().min(0).max(1).default(0.05),
  WAYBILL_TELEMETRY: z.enum(["on", "off"]).default("on"),
  /** For how many days spans are kept; files, runs, attempts and the ledger stay. */
  WAYBILL_TRACE_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  /** Worker threads that read documents. */
  WAYBILL_DOCUMENT_THREADS: z.coerce.number().int().positive().default(2),
  /** The memory of the machine that the functions run on, for what it costs. */
  WAYBILL_FUNCTION_MEMORY_MB: z.coerce.number().int().positive().default(2048),
  /** How many messages of one project QStash may have in flight. */
  WAYBILL_PROJECT_PARALLELISM: z.coerce.number().int().positive().default(8),
  /** `off`: no provider's breaker opens by itself; those that people open stay open. */
  WAYBILL_BREAKERS: z.enum(["on", "off"]).default("on"),
  /** How far back a provider's calls count, and how many there must be before its breaker opens. */
  WAYBILL_BREAKER_WINDOW_S: z.coerce.number().int().min(1).max(3600).default(60),
  WAYBILL_BREAKER_CALLS: z.coerce.number().int().positive().default(10),
  /** From which share of failed calls on it opens. */
  WAYBILL_BREAKER_ERROR_PERCENT: z.coerce.number().int().min(1).max(100).default(50),
  /** How long nothing is sent at first; twice as long after each probe that fails, 16 times at most. */
  WAYBILL_BREAKER_COOL_DOWN_S: z.coerce.number().int().min(1).max(3600).default(30),
  /** Gets a message through QStash for each threshold that a budget crosses. */
  WAYBILL_ALERT_URL: z.url().optional(),
  /** Endpoints that tell what services without a meter in their SDK were asked for (docs/deploy.md). */
  WAYBILL_METER_URLS: meterUrls.default({}),
  WAYBILL_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** A folder of sample documents that the console offers to ingest. */
  WAYBILL_SAMPLES_DIR: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(["http/protobuf", "http/json"]).default("http/protobuf"),
  /** Which build is running, for attempts and spans. */
  VERCEL_DEPLOYMENT_ID: z.string().default("local"),
});

const oidcVariables = [
  "WAYBILL_OIDC_DISCOVERY_URL",
  "WAYBILL_OIDC_CLIENT_ID",
  "WAYBILL_OIDC_CLIENT_SECRET",
] as const;

const envSchema = variables.superRefine((env, issues) => {
  const missing = oidcVariables.filter((name) => env[name] === undefined);
  if (missing.length === oidcVariables.length) return;
  for (const name of missing) {
    issues.addIssue({ code: "custom", path: [name], message: "an identity provider needs all three" });
  }
});

/** The parsed environment. */
export type Env = z.output<typeof envSchema>;

/**
 * Reads the environment once, at boot.
 * @throws Error that names every variable that is missing or wrong
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = envSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`).join("\n");
  throw new TypeError(`The environment is incomplete. Set these variables (docs/deploy.md):\n${wrong}`);
}
