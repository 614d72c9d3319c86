import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "../../db/schema/access.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { lockPeopleAs } from "./lock-people.ts";

/** Makes an API key invalid for good, with an audit entry. @throws WaybillError key_not_found, forbidden_role */
export async function revokeKey(
  ctx: PeopleContext,
  { id, actor }: { id: string; actor: Actor },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockPeopleAs(tx, actor);
    const now = ctx.clock.now();
    const { name, role } = apiKeys;
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ name, role });
    if (revoked === undefined) throw new WaybillError("key_not_found");
    const entry = { action: "key.revoke", fileId: null, idempotencyKey: null, reason: null, actor } as const;
    await recordAudit(tx, { ...entry, request: { revokedKeyId: id }, before: revoked, after: {} }, now);
  });
  ctx.callers.forget();
}
