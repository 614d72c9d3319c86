import { eq, inArray } from "drizzle-orm";
import { people } from "../../db/schema/access.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { getPerson } from "./get-person.ts";
import { keepAnAdmin, lockPeopleAs } from "./lock-people.ts";

/**
 * Removes a person with their sessions and their password, and takes the failure groups that they had from them,
 * with an audit entry. What they did stays under their name, and API keys that they made stay valid.
 * @throws WaybillError person_not_found, last_admin, forbidden_role
 */
export async function removePerson(
  ctx: PeopleContext,
  { id, actor }: { id: string; actor: Actor },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockPeopleAs(tx, actor);
    const person = await getPerson(tx, id);
    await keepAnAdmin(tx, person);
    const { id: groupId, assigneeKeyId } = failureGroups;
    const theirs = tx
      .select({ id: groupId })
      .from(failureGroups)
      .where(eq(assigneeKeyId, id))
      .orderBy(groupId)
      .for("update");
    await tx.update(failureGroups).set({ assigneeKeyId: null }).where(inArray(groupId, theirs));
    await tx.delete(people).where(eq(people.id, id));
    const entry = {
      action: "person.remove",
      fileId: null,
      idempotencyKey: null,
      reason: null,
      actor,
    } as const;
    const { name, email, role } = person;
    const facts = { request: { personId: id }, before: { name, email, role }, after: {} };
    await recordAudit(tx, { ...entry, ...facts }, ctx.clock.now());
  });
  ctx.callers.forget();
}
