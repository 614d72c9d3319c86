import { people } from "../db/schema/access.ts";
import type { AccessContext } from "./context.ts";
import { invite } from "./invite.ts";

/** A link for the first admin, or undefined where there are people already: those are invited by an admin. */
export async function inviteFirstAdmin(ctx: AccessContext): Promise<{ url: string } | undefined> {
  const [somebody] = await ctx.db.select({ id: people.id }).from(people).limit(1);
  if (somebody !== undefined) return undefined;
  return invite(ctx, ctx.db, { role: "admin", email: null, createdBy: null, firstAdmin: true });
}
