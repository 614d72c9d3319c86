import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { type AuditFacts, auditEntries } from "../db/schema/audit.ts";
import { WaybillError } from "../kernel/errors.ts";
import type { Change } from "./record-audit.ts";

/**
 * What an earlier request with the same key of the same caller left behind; undefined for the first. Asked in the
 * transaction that makes the change: of two at once, the audit log takes one.
 * @throws WaybillError idempotency_key_reused when that was another request
 */
export async function findRepeated(
  tx: Db,
  change: Pick<Change, "action" | "actor" | "idempotencyKey" | "request">,
): Promise<AuditFacts | undefined> {
  if (change.idempotencyKey === null) return undefined;
  const [entry] = await tx
    .select()
    .from(auditEntries)
    .where(
      and(eq(auditEntries.keyId, change.actor.keyId), eq(auditEntries.idempotencyKey, change.idempotencyKey)),
    );
  if (entry === undefined) return undefined;
  if (entry.action !== change.action || !isDeepStrictEqual(entry.request, change.request))
    throw new WaybillError("idempotency_key_reused");
  return entry.after;
}
