import { hashPassword } from "better-auth/crypto";
import type { CallerContext } from "../../src/access/context.ts";
import type { Role } from "../../src/db/roles.ts";
import { credentials, people } from "../../src/db/schema/access.ts";
import { newId } from "../../src/kernel/ids.ts";

/** The password of all people that tests make; hashed once, as that is slow on purpose. */
export const password = "correct horse battery";
let hashed: Promise<string> | undefined;

/** A person who is signed in. */
export interface SignedIn {
  readonly id: string;
  readonly email: string;
  /** What their browser sends: the cookie of the session, and nothing of where it stands. */
  readonly cookie: string;
}

/** Makes a person with a role. */
export async function addPerson(
  ctx: Pick<CallerContext, "db" | "clock">,
  { role, name = role }: { role: Role; name?: string },
): Promise<{ id: string; email: string }> {
  hashed ??= hashPassword(password);
  const now = ctx.clock.now();
  const id = newId("person", now);
  const email = `${id}@waybill.example`;
  const times = { createdAt: now, updatedAt: now };
  await ctx.db.insert(people).values({ id, name, email, emailVerified: true, role, ...times });
  await ctx.db.insert(credentials).values({
    id: newId("cred", now),
    providerId: "credential",
    accountId: id,
    personId: id,
    password: await hashed,
    ...times,
  });
  return { id, email };
}

/** Opens a session for a person. @returns its cookie as a browser sends it */
export async function openSession(ctx: Pick<CallerContext, "auth">, email: string): Promise<string> {
  const cookies = await ctx.auth.signIn({ email, password, headers: new Headers() });
  return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}

/** Makes a person with a role, who is signed in. */
export async function signedIn(
  ctx: Pick<CallerContext, "db" | "clock" | "auth">,
  person: { role: Role; name?: string },
): Promise<SignedIn> {
  const made = await addPerson(ctx, person);
  return { ...made, cookie: await openSession(ctx, made.email) };
}
