import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { WaybillError } from "../../kernel/errors.ts";

/** A failure group's row. @throws WaybillError failure_not_found */
export async function findFailure(db: Db, id: string): Promise<typeof failureGroups.$inferSelect> {
  const [group] = await db.select().from(failureGroups).where(eq(failureGroups.id, id));
  if (group === undefined) throw new WaybillError("failure_not_found", { details: { id } });
  return group;
}
