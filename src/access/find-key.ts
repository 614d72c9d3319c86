import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { Role } from "../db/roles.ts";
import { apiKeys } from "../db/schema/access.ts";
import type { AccessContext } from "./context.ts";

/** An API key that may be used. */
export interface KnownKey {
  readonly keyId: string;
  readonly keyName: string;
  readonly role: Role;
  readonly lastUsedAt: Date | null;
}

/** The key with this hash, unless it is unknown, has expired or was revoked. */
export async function findKey({ db, clock }: AccessContext, hash: string): Promise<KnownKey | undefined> {
  const { id: keyId, name: keyName, role, lastUsedAt, expiresAt, revokedAt } = apiKeys;
  const [row] = await db
    .select({ keyId, keyName, role, lastUsedAt })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(revokedAt), or(isNull(expiresAt), gt(expiresAt, clock.now()))));
  return row;
}
