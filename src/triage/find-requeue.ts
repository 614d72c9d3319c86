import { and, eq } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { auditEntries } from "../db/schema/audit.ts";
import { WaybillError } from "../kernel/errors.ts";
import type { RequeueInput } from "./requeue-input.ts";
import { type Requeued, requeuedSchema } from "./requeued-view.ts";

/**
 * What an earlier request with the same key of the same caller did; undefined for the first.
 * @throws WaybillError idempotency_key_reused when that was another request
 */
export async function findRequeue(
  tx: Db,
  input: Pick<RequeueInput, "fileId" | "from" | "idempotencyKey" | "actor">,
): Promise<Requeued | undefined> {
  if (input.idempotencyKey === null) return undefined;
  const [entry] = await tx
    .select()
    .from(auditEntries)
    .where(
      and(eq(auditEntries.keyId, input.actor.keyId), eq(auditEntries.idempotencyKey, input.idempotencyKey)),
    );
  if (entry === undefined) return undefined;
  const { action, fileId, request } = entry;
  if (action !== "file.requeue" || fileId !== input.fileId || request.from !== input.from)
    throw new WaybillError("idempotency_key_reused");
  return requeuedSchema.parse(entry.after);
}
