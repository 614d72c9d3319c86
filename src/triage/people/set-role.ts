import { eq } from "drizzle-orm";
import { suffices } from "../../access/permissions.ts";
import type { Role } from "../../db/roles.ts";
import { people, personSessions } from "../../db/schema/access.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { PeopleContext } from "./context.ts";
import { getPerson } from "./get-person.ts";
import { keepAnAdmin, lockPeopleAs } from "./lock-people.ts";

/**
 * Gives a person another role, with an audit entry. Who loses rights by it is signed out everywhere.
 * @throws WaybillError person_not_found, last_admin, forbidden_role
 */
export async function setRole(
  ctx: PeopleContext,
  { id, role, reason, actor }: { id: string; role: Role; reason: string | null; actor: Actor },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockPeopleAs(tx, actor);
    const person = await getPerson(tx, id);
    if (person.role === role) return;
    if (role !== "admin") await keepAnAdmin(tx, person);
    const now = ctx.clock.now();
    await tx.update(people).set({ role, updatedAt: now }).where(eq(people.id, id));
    if (!suffices(role, person.role)) {
      await tx.delete(personSessions).where(eq(personSessions.personId, id));
    }
    const entry = { action: "person.set-role", fileId: null, idempotencyKey: null, reason, actor } as const;
    const facts = { request: { personId: id, email: person.email, role }, before: { role: person.role } };
    await recordAudit(tx, { ...entry, ...facts, after: { role } }, now);
  });
  ctx.callers.forget();
}
