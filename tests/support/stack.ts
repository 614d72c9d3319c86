import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedPriceBook } from "../../src/costs/prices/seed-price-book.ts";
import { type AdjustableClock, createAdjustableClock } from "../../src/kernel/clock.ts";
import { type Env, readEnv } from "../../src/kernel/env.ts";
import { createLog, type Log } from "../../src/kernel/log.ts";
import { blobApiPath, createBlob } from "../../src/local/blob/create-blob.ts";
import { createGatewayStandIn, gatewayBasePath } from "../../src/local/gateway/create-gateway.ts";
import { type Listener, listen } from "../../src/local/kit/listen.ts";
import type { LocalService } from "../../src/local/kit/service.ts";
import { createQstash } from "../../src/local/qstash/create-qstash.ts";
import { createVector } from "../../src/local/vector/create-vector.ts";
import { createProject } from "../../src/pipeline/projects/create-project.ts";
import { findProject, type Project } from "../../src/pipeline/projects/find-project.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";
import { freePort } from "./free-port.ts";
import {
  createEmptyDatabase,
  createTestDatabase,
  type EmptyDatabase,
  type TestDatabase,
} from "./postgres.ts";

/** The whole local stack, with the product's runtime on it, for one test file. */
export interface Stack {
  readonly env: Env;
  /** The same as text, for a process of its own. */
  readonly variables: Record<string, string>;
  readonly runtime: Runtime;
  readonly database: TestDatabase;
  /** The stand-ins' clock: advancing it makes QStash's backoff pass. */
  readonly clock: AdjustableClock;
  readonly project: Project;
  /** What each stand-in was asked for: its meter. */
  usage(service: "qstash" | "vector" | "gateway" | "blob"): Promise<Record<string, number>>;
  close(): Promise<void>;
}

const secrets = {
  QSTASH_TOKEN: "qstash-token",
  QSTASH_CURRENT_SIGNING_KEY: "sig_current",
  QSTASH_NEXT_SIGNING_KEY: "sig_next",
  UPSTASH_VECTOR_REST_TOKEN: "vector-token",
  AI_GATEWAY_API_KEY: "gateway-key",
  BLOB_READ_WRITE_TOKEN: "vercel_blob_rw_local_secret",
  WAYBILL_API_KEY: "wbk_the-first-admin-key",
  WAYBILL_SESSION_SECRET: "a secret of at least thirty-two characters",
};

/** Starts the stack on free ports. Job routes are not served: `startJobServer` or a worker process does it. */
export async function startStack(
  overrides: Record<string, string> = {},
  options: { log?: Log } = {},
): Promise<Stack> {
  const [database, local, folder] = await Promise.all([
    createTestDatabase(),
    createEmptyDatabase(),
    mkdtemp(join(tmpdir(), "waybill-stack-")),
  ]);
  const clock = createAdjustableClock();
  const services = createServices(local, clock, folder);
  const listeners = await startAll(services);
  const variables = {
    ...secrets,
    DATABASE_URL: database.url,
    DATABASE_WS_PROXY: database.wsProxy,
    QSTASH_URL: listeners.qstash.url,
    UPSTASH_VECTOR_REST_URL: listeners.vector.url,
    AI_GATEWAY_BASE_URL: `${listeners.gateway.url}${gatewayBasePath}`,
    VERCEL_BLOB_API_URL: `${listeners.blob.url}${blobApiPath}`,
    WAYBILL_URL: `http://127.0.0.1:${await freePort()}`,
    WAYBILL_METER_URLS: `vector=${listeners.vector.url}/__local/usage,blob=${listeners.blob.url}/__local/usage`,
    WAYBILL_EMBEDDING_MODEL: "waybill/lexical-1536",
    WAYBILL_LOG_LEVEL: "error",
    // What is written past the API is read at once.
    WAYBILL_SHARED_ANSWERS_MS: "0",
    ...overrides,
  };
  // The Blob SDK reads its address from the process itself.
  process.env.VERCEL_BLOB_API_URL = variables.VERCEL_BLOB_API_URL;
  const env = readEnv(variables);
  // Its own, so that what another test has read is read, and paid for, here too.
  const runtime = createRuntime(env, { ...options, originalsFolder: join(folder, "originals") });
  await seedPriceBook(runtime);
  await createProject(runtime, { slug: "default" });
  return {
    env,
    variables,
    runtime,
    database,
    clock,
    project: await findProject(runtime, "default"),
    async usage(service) {
      return (await fetch(`${listeners[service].url}/__local/usage`)).json();
    },
    async close() {
      await services.qstash.stop();
      await runtime.close();
      for (const name of ["vector", "gateway", "blob"] as const) await services[name].stop();
      await Promise.all(Object.values(listeners).map((listener) => listener.close()));
      await database.drop();
      await local.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function createServices(local: EmptyDatabase, clock: AdjustableClock, folder: string) {
  const log = createLog("error");
  const common = { pool: local.pool, clock, log, control: true };
  return {
    qstash: createQstash({
      ...common,
      token: secrets.QSTASH_TOKEN,
      currentSigningKey: secrets.QSTASH_CURRENT_SIGNING_KEY,
      nextSigningKey: secrets.QSTASH_NEXT_SIGNING_KEY,
    }),
    vector: createVector({ ...common, token: secrets.UPSTASH_VECTOR_REST_TOKEN }),
    gateway: createGatewayStandIn({ ...common, apiKey: secrets.AI_GATEWAY_API_KEY }),
    blob: createBlob({ ...common, token: secrets.BLOB_READ_WRITE_TOKEN, folder }),
  };
}

async function startAll<Name extends string>(
  services: Record<Name, LocalService>,
): Promise<Record<Name, Listener>> {
  const started = {} as Record<Name, Listener>;
  for (const name in services) {
    await services[name].start();
    started[name] = await listen(services[name].app, 0);
  }
  return started;
}
