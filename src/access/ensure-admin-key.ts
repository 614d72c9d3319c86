import { apiKeys } from "../db/schema/access.ts";
import { newId } from "../kernel/ids.ts";
import type { AccessContext } from "./context.ts";
import { hashSecret } from "./hash-secret.ts";
import { hintOf } from "./key-hint.ts";

/** Makes sure that `key` is a valid API key of an admin; it is stored as a hash. Safe to run again. @returns its id */
export async function ensureAdminKey(ctx: AccessContext, key: string): Promise<{ keyId: string }> {
  const hash = hashSecret(ctx, key);
  const now = ctx.clock.now();
  const [row] = await ctx.db
    .insert(apiKeys)
    .values({ id: newId("key", now), name: "admin", hint: hintOf(key), hash, role: "admin", createdAt: now })
    // An update that changes nothing makes the row that is there come back.
    .onConflictDoUpdate({ target: apiKeys.hash, set: { hash } })
    .returning({ keyId: apiKeys.id });
  if (row) return row;
  throw new TypeError("an upsert returned no row");
}
