import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "../db/schema/access.ts";
import type { AccessContext } from "./context.ts";
import { hashSecret } from "./hash-secret.ts";

/** An API key that may be used. */
export interface KnownKey {
  readonly keyId: string;
  readonly keyName: string;
  readonly lastUsedAt: Date | null;
}

/** The key with this secret, unless it is unknown or was revoked. */
export async function findKey(ctx: AccessContext, secret: string): Promise<KnownKey | undefined> {
  const [row] = await ctx.db
    .select({ keyId: apiKeys.id, keyName: apiKeys.name, lastUsedAt: apiKeys.lastUsedAt })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hashSecret(ctx, secret)), isNull(apiKeys.revokedAt)));
  return row;
}
