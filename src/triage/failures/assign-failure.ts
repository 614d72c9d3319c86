import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { apiKeys, people } from "../../db/schema/access.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { TriageContext } from "../context.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { lockGroup } from "./lock-group.ts";

/**
 * Gives a failure group to a person, to the owner of a key, or to nobody (null), with an audit entry.
 * @throws WaybillError failure_not_found; malformed_request where nobody has this id
 */
export async function assignFailure(
  { db, clock }: Pick<TriageContext, "db" | "clock">,
  { id, keyId, actor }: { readonly id: string; readonly keyId: string | null; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async (tx) => {
    const group = await lockGroup(tx, id);
    if (keyId !== null) await checkAssignee(tx, keyId);
    await tx.update(failureGroups).set({ assigneeKeyId: keyId }).where(eq(failureGroups.id, id));
    const entry = { action: "failure.assign", fileId: null, idempotencyKey: null, reason: null } as const;
    const before = { assignee: group.assigneeKeyId };
    const facts = { request: { groupId: id, keyId }, before, after: { assignee: keyId } };
    await recordAudit(tx, { ...entry, ...facts, actor }, clock.now());
  });
}

async function checkAssignee(tx: Db, id: string): Promise<void> {
  const inUse = and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt));
  const keys = await tx.select({ id: apiKeys.id }).from(apiKeys).where(inUse);
  const persons = await tx.select({ id: people.id }).from(people).where(eq(people.id, id)).for("share");
  if (keys.length + persons.length > 0) return;
  throw new WaybillError("malformed_request", {
    message: "No person and no key that is in use has this id.",
    details: { keyId: "unknown" },
  });
}
