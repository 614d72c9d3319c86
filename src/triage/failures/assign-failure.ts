import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { apiKeys } from "../../db/schema/access.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { TriageContext } from "../context.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { lockGroup } from "./lock-group.ts";

/**
 * Gives a failure group to the owner of a key, or to nobody (null), with an audit entry.
 * @throws WaybillError failure_not_found; malformed_request where no key that is in use has this id
 */
export async function assignFailure(
  { db, clock }: Pick<TriageContext, "db" | "clock">,
  { id, keyId, actor }: { readonly id: string; readonly keyId: string | null; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async (tx) => {
    const group = await lockGroup(tx, id);
    if (keyId !== null) await checkKey(tx, keyId);
    await tx.update(failureGroups).set({ assigneeKeyId: keyId }).where(eq(failureGroups.id, id));
    const entry = { action: "failure.assign", fileId: null, idempotencyKey: null, reason: null } as const;
    const before = { assignee: group.assigneeKeyId };
    const facts = { request: { groupId: id, keyId }, before, after: { assignee: keyId } };
    await recordAudit(tx, { ...entry, ...facts, actor }, clock.now());
  });
}

async function checkKey(tx: Db, keyId: string): Promise<void> {
  const inUse = and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt));
  const [key] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(inUse);
  if (key !== undefined) return;
  throw new WaybillError("malformed_request", {
    message: "No key that is in use has this id.",
    details: { keyId: "unknown" },
  });
}
