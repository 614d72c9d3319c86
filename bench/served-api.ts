import { performance } from "node:perf_hooks";
import { z } from "zod";
import { ensureAdminKey } from "../src/access/ensure-admin-key.ts";
import { createApi } from "../src/api/create-api.ts";
import type { Database } from "../src/db/client.ts";
import { readEnv } from "../src/kernel/env.ts";
import { createRuntime } from "../src/runtime.ts";
import type { Store } from "./store.ts";

/** The product's API over a database of a store. */
export interface ServedApi {
  readonly db: Database["db"];
  /** Reads a path below `/api/v1/` with the admin key; the time until the answer has been written, in ms. */
  read(path: string): Promise<number>;
  close(): Promise<void>;
}

/** Serves it in this process, without a socket, so that what is measured is the server's own time. */
export async function serveApi(store: Store, name: string): Promise<ServedApi> {
  const unused = "https://unused.test";
  const secret = "a-secret-of-the-benchmark-that-is-long-enough";
  const env = readEnv({
    ...store.variables(name),
    QSTASH_TOKEN: secret,
    QSTASH_CURRENT_SIGNING_KEY: secret,
    QSTASH_NEXT_SIGNING_KEY: secret,
    UPSTASH_VECTOR_REST_URL: unused,
    UPSTASH_VECTOR_REST_TOKEN: secret,
    AI_GATEWAY_API_KEY: secret,
    BLOB_READ_WRITE_TOKEN: secret,
    WAYBILL_URL: unused,
    WAYBILL_API_KEY: secret,
    WAYBILL_SESSION_SECRET: secret,
    WAYBILL_LOG_LEVEL: "error",
    // Each answer is timed, none is given again.
    WAYBILL_SHARED_ANSWERS_MS: "0",
  });
  const runtime = createRuntime(env);
  await ensureAdminKey(runtime, secret);
  const api = createApi(runtime);
  const headers = { authorization: `Bearer ${secret}` };
  return {
    db: runtime.db,
    async read(path) {
      const startedMs = performance.now();
      const answer = await api.request(`/api/v1/${path}`, { headers });
      z.literal(200).parse(answer.status);
      await answer.arrayBuffer();
      return performance.now() - startedMs;
    },
    close: () => runtime.close(),
  };
}
