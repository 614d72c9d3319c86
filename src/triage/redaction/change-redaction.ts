import { eq, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { redactedFields } from "../../db/schema/redacted-fields.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { redactedFieldOf } from "./read-redaction.ts";
import { foldName } from "./redact-fields.ts";
import { mostFields, type RedactedField } from "./redaction-view.ts";

interface Asked {
  readonly actor: Actor;
  readonly reason: string | null;
}

/**
 * Hides a field's values, with an audit entry; one that is hidden already stays so, without another.
 * @returns the field, and whether it was not hidden before
 * @throws WaybillError malformed_request when the settings name as many as they may
 */
export function addRedactedField(
  { db, clock }: DbContext,
  { field, actor, reason }: Asked & { field: string },
): Promise<{ field: RedactedField; added: boolean }> {
  return db.transaction(async (tx) => {
    // Two who add at once must not both find room for the last one.
    await tx.execute(sql`lock table ${redactedFields} in share row exclusive mode`);
    const now = clock.now();
    const folded = foldName(field);
    const [known] = await tx.select().from(redactedFields).where(eq(redactedFields.folded, folded));
    if (known !== undefined) return { field: redactedFieldOf(known), added: false };
    if ((await tx.$count(redactedFields)) >= mostFields)
      throw new WaybillError("malformed_request", { details: { field: `there are ${mostFields} already` } });
    const row = { id: newId("field", now), field, folded, createdAt: now, createdBy: actor.keyName };
    await tx.insert(redactedFields).values(row);
    const facts = { request: { fieldId: row.id }, before: { field: null }, after: { field } };
    await recordAudit(tx, { ...entry, ...facts, action: "redaction.add", actor, reason }, now);
    return { field: redactedFieldOf(row), added: true };
  });
}

/** Shows a field's values again, with an audit entry. @throws WaybillError redacted_field_not_found */
export function removeRedactedField(
  { db, clock }: DbContext,
  { id, actor, reason }: Asked & { id: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    const [removed] = await tx.delete(redactedFields).where(eq(redactedFields.id, id)).returning();
    if (removed === undefined) throw new WaybillError("redacted_field_not_found", { details: { id } });
    const facts = {
      request: { fieldId: id },
      before: { field: removed.field },
      after: { field: null },
    };
    await recordAudit(tx, { ...entry, ...facts, action: "redaction.remove", actor, reason }, clock.now());
  });
}

const entry = { fileId: null, idempotencyKey: null } as const;
