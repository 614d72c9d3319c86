import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { createApi } from "../../src/api/create-api.ts";
import { createAuthApi } from "../../src/api/create-auth-api.ts";
import { createSessionApi } from "../../src/api/create-session-api.ts";
import { createUploadApi } from "../../src/api/create-upload-api.ts";
import { seedPriceBook } from "../../src/costs/prices/seed-price-book.ts";
import { type AdjustableClock, createAdjustableClock } from "../../src/kernel/clock.ts";
import { readEnv } from "../../src/kernel/env.ts";
import { blobApiPath, createBlob } from "../../src/local/blob/create-blob.ts";
import { createGatewayStandIn, gatewayBasePath } from "../../src/local/gateway/create-gateway.ts";
import { listen } from "../../src/local/kit/listen.ts";
import { createVector } from "../../src/local/vector/create-vector.ts";
import { createProject } from "../../src/pipeline/projects/create-project.ts";
import type { JobMessage, Queue } from "../../src/providers/qstash.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";
import { createTestDatabase } from "./postgres.ts";
import { type ServedStandIn, serveStandIn } from "./stand-in.ts";

/** The API, the upload and the sign-in on a port, over a database and stand-ins of their own. */
export interface ServedApi {
  readonly url: string;
  /** A valid API key. */
  readonly key: string;
  readonly keyId: string;
  readonly ctx: Runtime;
  readonly clock: AdjustableClock;
  readonly blob: ServedStandIn;
  /** The folder for temporary files of the product. */
  readonly spool: string;
  /** What was published, in order. */
  readonly sent: readonly JobMessage[];
  /** Answers Blob's reports with 503, as a deployment that is down would, until it is told otherwise. */
  refuseReports(refused: boolean): void;
  /** A request with the key. */
  call(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

const token = "a-token-of-the-stand-ins";
const blobToken = "vercel_blob_rw_teststore_0123456789abcdef";

/** Serves the API with a project `default`. */
export async function serveApi(env: Record<string, string> = {}): Promise<ServedApi> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "waybill-api-"));
  const spool = join(folder, "spool");
  await mkdir(spool);
  // What this process spools can be told apart from what others do.
  process.env.TMPDIR = spool;
  const [blob, gateway, vector] = await Promise.all([
    serveStandIn((parts) =>
      createBlob({ ...parts, token: blobToken, folder: join(folder, "blobs"), control: true }),
    ),
    serveStandIn((parts) => createGatewayStandIn({ ...parts, apiKey: token })),
    serveStandIn((parts) => createVector({ ...parts, token })),
  ]);
  // The SDK reads it itself, at each call.
  process.env.VERCEL_BLOB_API_URL = `${blob.url}${blobApiPath}`;
  const clock = createAdjustableClock();
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const server = await listen({ fetch: (request) => answer(request) }, 0);
  const key = `wbk_${randomBytes(16).toString("hex")}`;
  const runtime = createRuntime(
    readEnv({
      DATABASE_URL: database.url,
      DATABASE_WS_PROXY: database.wsProxy,
      QSTASH_TOKEN: token,
      QSTASH_CURRENT_SIGNING_KEY: "current",
      QSTASH_NEXT_SIGNING_KEY: "next",
      UPSTASH_VECTOR_REST_URL: vector.url,
      UPSTASH_VECTOR_REST_TOKEN: token,
      AI_GATEWAY_API_KEY: token,
      AI_GATEWAY_BASE_URL: `${gateway.url}${gatewayBasePath}`,
      BLOB_READ_WRITE_TOKEN: blobToken,
      WAYBILL_URL: server.url,
      WAYBILL_API_KEY: key,
      WAYBILL_SESSION_SECRET: "s".repeat(32),
      WAYBILL_EMBEDDING_MODEL: "waybill/lexical-1536",
      WAYBILL_LOG_LEVEL: "silent",
      // What a test writes past the API is read at once.
      WAYBILL_SHARED_ANSWERS_MS: "0",
      ...env,
    }),
    { clock },
  );
  const { queue, sent } = takeMessages();
  const ctx: Runtime = { ...runtime, queue };
  await seedPriceBook(ctx);
  await createProject(ctx, { slug: "default" });
  const { keyId } = await ensureAdminKey(ctx, key);
  const api = createApi(ctx);
  const upload = createUploadApi(ctx);
  const session = createSessionApi(ctx);
  const auth = createAuthApi(ctx);
  let reportsRefused = false;
  answer = (request) => {
    const { pathname } = new URL(request.url);
    if (reportsRefused && request.headers.has("x-vercel-signature"))
      return new Response(null, { status: 503 });
    if (pathname === "/api/upload") return upload.fetch(request);
    if (pathname.startsWith("/api/auth/")) return auth.fetch(request);
    return pathname.startsWith("/api/session") ? session.fetch(request) : api.fetch(request);
  };
  return {
    url: server.url,
    key,
    keyId,
    ctx,
    clock,
    blob,
    spool,
    sent,
    refuseReports(refused) {
      reportsRefused = refused;
    },
    call(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${key}`);
      return fetch(`${server.url}${path}`, { ...init, headers });
    },
    async stop() {
      await server.close();
      await runtime.close();
      await Promise.all([blob.stop(), gateway.stop(), vector.stop()]);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A queue that takes every message and delivers none: what is sent is looked at, not run. */
function takeMessages(): { queue: Queue; sent: readonly JobMessage[] } {
  const sent: JobMessage[] = [];
  const queue: Queue = {
    async publish(messages) {
      sent.push(...messages);
      return messages.map((message) => ({
        messageId: `msg_${message.deduplicationId}`,
        deduplicated: false,
      }));
    },
    isPending: async () => true,
    cancel: async () => undefined,
    removeDeadLetters: async () => undefined,
    notify: async () => undefined,
    call: async () => undefined,
    schedule: async () => undefined,
  };
  return { queue, sent };
}
