import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { readEnv } from "../../src/kernel/env.ts";
import { createRuntime } from "../../src/runtime.ts";
import { requeueFile } from "../../src/triage/requeue-file.ts";

/** Requeues one file, with its id as the key of the request, in a process of its own, so that a test can kill it at a fault point (WAYBILL_FAULT_POINT). */
const [, , fileId = "", from = "failed"] = process.argv;
const runtime = createRuntime(readEnv());
const { keyId } = await ensureAdminKey(runtime, runtime.env.WAYBILL_API_KEY);
await requeueFile(runtime, {
  fileId,
  from,
  reason: null,
  idempotencyKey: fileId,
  actor: { keyId, keyName: "admin", via: "key", userAgent: null, addressHash: null },
});
await runtime.close();
