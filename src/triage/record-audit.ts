import type { Principal } from "../access/principal.ts";
import type { AuditAction } from "../db/audit-actions.ts";
import type { Db } from "../db/client.ts";
import { type AuditFacts, auditEntries } from "../db/schema/audit.ts";
import { WaybillError } from "../kernel/errors.ts";
import { newId } from "../kernel/ids.ts";

/** Who changes something, and from where. */
export interface Actor extends Principal {
  readonly userAgent: string | null;
  /** A keyed hash: the same address can be told, none can be read. */
  readonly addressHash: string | null;
}

/** A change that is to be written down. */
export interface Change {
  readonly action: AuditAction;
  readonly fileId: string | null;
  readonly actor: Actor;
  readonly reason: string | null;
  readonly idempotencyKey: string | null;
  readonly request: AuditFacts;
  readonly before: AuditFacts;
  readonly after: AuditFacts;
}

/**
 * Writes a change into the audit log, in the transaction that makes it.
 * @throws WaybillError idempotency_key_reused when the same caller's key names another change
 */
export function recordAudit(tx: Db, change: Change, now: Date): Promise<void> {
  return recordAudits(tx, [change], now);
}

/** As `recordAudit`, of several changes. */
export async function recordAudits(tx: Db, changes: readonly Change[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const written = await tx
    .insert(auditEntries)
    .values(changes.map(({ actor, ...change }) => ({ ...change, ...actor, id: newId("aud", now), at: now })))
    .onConflictDoNothing()
    .returning({ id: auditEntries.id });
  if (written.length < changes.length) throw new WaybillError("idempotency_key_reused");
}
