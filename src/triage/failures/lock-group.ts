import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { WaybillError } from "../../kernel/errors.ts";

/**
 * A failure group's row, locked until the transaction ends.
 * @throws WaybillError failure_not_found; failure_merged where another group has its failures
 */
export async function lockGroup(tx: Db, id: string) {
  const [group] = await tx.select().from(failureGroups).where(eq(failureGroups.id, id)).for("no key update");
  if (group === undefined) throw new WaybillError("failure_not_found", { details: { id } });
  if (group.mergedInto !== null)
    throw new WaybillError("failure_merged", { details: { id, into: group.mergedInto } });
  return group;
}
