import { and, eq, isNull, sql } from "drizzle-orm";
import { roleSentence } from "../../access/permissions.ts";
import type { Db } from "../../db/client.ts";
import { apiKeys, people } from "../../db/schema/access.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { Actor } from "../record-audit.ts";

/** Any number that no other advisory lock has. */
const peopleLock = 7_201_043;

/** Lets one transaction at a time change who is here and who is an admin; held until it ends. */
export async function lockPeople(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${peopleLock})`);
}

/**
 * As `lockPeople`, for an admin's deed: whether they still are one is looked up under the lock, whatever this
 * process remembers of them.
 * @throws WaybillError forbidden_role
 */
export async function lockPeopleAs(tx: Db, { keyId, via }: Actor): Promise<void> {
  await lockPeople(tx);
  const [now] =
    via === "key"
      ? await tx
          .select({ role: apiKeys.role })
          .from(apiKeys)
          .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
      : await tx.select({ role: people.role }).from(people).where(eq(people.id, keyId));
  if (now?.role === "admin") return;
  throw new WaybillError("forbidden_role", { message: roleSentence(now?.role ?? "viewer", "admin") });
}

/** Refuses what would leave nobody to manage people; under the lock. @throws WaybillError last_admin */
export async function keepAnAdmin(
  tx: Db,
  without: { readonly id: string; readonly role: string },
): Promise<void> {
  if (without.role !== "admin") return;
  const admins = await tx.select({ id: people.id }).from(people).where(eq(people.role, "admin")).limit(2);
  if (!admins.some(({ id }) => id !== without.id)) throw new WaybillError("last_admin");
}
