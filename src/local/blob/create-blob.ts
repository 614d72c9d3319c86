import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import type { Pool } from "pg";
import type { AdjustableClock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import { controlRoutes, disturbRequests } from "../kit/control.ts";
import { migrateService } from "../kit/database.ts";
import { createFaults } from "../kit/faults.ts";
import type { ServerBindings } from "../kit/listen.ts";
import type { LocalService } from "../kit/service.ts";
import { createUsage, usageByMinuteTable, usageRoutes, usageTable } from "../kit/usage.ts";
import { BlobError } from "./blob-error.ts";
import { createByteFiles } from "./byte-files.ts";
import { createCallbacks } from "./callbacks.ts";
import { faultAnswer } from "./fault-answer.ts";
import { createMultipart } from "./multipart.ts";
import type { BlobContext } from "./put-blob.ts";
import { apiRoutes } from "./routes/api.ts";
import { downloadRoutes } from "./routes/download.ts";
import { createBlobStore } from "./store.ts";
import { migrations } from "./tables.ts";

const schema = "blob";

/** The path of VERCEL_BLOB_API_URL, as in the real service. */
export const blobApiPath = "/api/blob";

/** What the stand-in for Vercel Blob is made with. */
export interface BlobOptions {
  readonly pool: Pool;
  readonly clock: AdjustableClock;
  /** `vercel_blob_rw_<store>_<secret>`; the SDK reads the store out of it. */
  readonly token: string;
  /** Where the bytes lie. */
  readonly folder: string;
  readonly log: Log;
  /** Mounts the routes that advance the clock and inject faults. */
  readonly control?: boolean;
}

/** The stand-in for Vercel Blob: bytes in a folder, everything else in Postgres. */
export function createBlob(options: BlobOptions): LocalService {
  const { pool, clock, token, log } = options;
  const usage = createUsage(pool, schema, clock);
  const callbacks = createCallbacks({ pool, clock, log, token });
  const files = createByteFiles(options.folder);
  const store = createBlobStore(pool);
  const blobs: BlobContext = {
    store,
    files,
    callbacks,
    clock,
    token,
    count: (counter, amount) => usage.add(counter, amount),
  };
  const multipart = createMultipart(pool, blobs);
  const faults = createFaults();

  // The SDK writes the base URL now with and now without a slash at its end.
  const app = new Hono<ServerBindings>({ strict: false });
  app.use(cors({ origin: "*", exposeHeaders: ["etag", "content-length", "content-range"], maxAge: 600 }));
  app.onError((error, c) => refuse(c, error, log));
  app.route("/", usageRoutes(usage));
  if (options.control) {
    app.route("/", controlRoutes(clock, faults));
    app.use(disturbRequests(clock, faults, faultAnswer));
  }
  app.route(blobApiPath, apiRoutes(blobs, multipart));
  app.route("/", downloadRoutes(blobs));
  return {
    name: "blob",
    app,
    async start() {
      await migrateService(pool, schema, [...migrations, usageTable(schema), usageByMinuteTable(schema)]);
      await multipart.forgetAbandoned();
      await files.prepare(await store.fileIds());
      await callbacks.start();
    },
    stop: () => callbacks.stop(),
  };
}

function refuse(c: Context, error: Error, log: Log): Response {
  if (error instanceof BlobError) {
    return c.json({ error: { code: error.code, message: error.message } }, error.status);
  }
  // An upload that the client broke off ends here too; nobody is left to read the answer.
  log.warn({ error: error.message }, "a request to the blob stand-in failed");
  const fault = { code: "internal_server_error", message: "Internal error of the local stand-in." };
  return c.json({ error: fault }, 500);
}
