import { hashSecret } from "../../access/hash-secret.ts";
import { hintOf } from "../../access/key-hint.ts";
import type { Role } from "../../db/roles.ts";
import { apiKeys } from "../../db/schema/access.ts";
import { newId, newSecret } from "../../kernel/ids.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { keyViewOf } from "./list-keys.ts";
import { lockPeopleAs } from "./lock-people.ts";
import type { KeyView } from "./person-view.ts";

/** A key to be made. */
export interface NewKey {
  readonly name: string;
  readonly role: Role;
  /** null: it does not expire. */
  readonly expiresAt: Date | null;
  readonly actor: Actor;
}

/**
 * Makes an API key, with an audit entry. Only its hash is kept: the answer is the one place where it stands.
 * @throws WaybillError forbidden_role
 */
export function createKey(ctx: PeopleContext, input: NewKey): Promise<KeyView & { key: string }> {
  const { name, role, expiresAt, actor } = input;
  return ctx.db.transaction(async (tx) => {
    await lockPeopleAs(tx, actor);
    const key = newSecret("wbk");
    const now = ctx.clock.now();
    const id = newId("key", now);
    const [row] = await tx
      .insert(apiKeys)
      .values({
        id,
        name,
        role,
        expiresAt,
        hint: hintOf(key),
        hash: hashSecret(ctx, key),
        createdAt: now,
        createdBy: actor.keyName,
      })
      .returning();
    if (row === undefined) throw new TypeError("an insert returned no row");
    const entry = { action: "key.create", fileId: null, idempotencyKey: null, reason: null, actor } as const;
    const request = { name, role, expiresAt: expiresAt?.toISOString() ?? null };
    await recordAudit(tx, { ...entry, request, before: {}, after: { createdKeyId: id } }, now);
    return { ...keyViewOf(row), key };
  });
}
