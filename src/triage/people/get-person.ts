import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { people } from "../../db/schema/access.ts";
import { WaybillError } from "../../kernel/errors.ts";

/** A person. @throws WaybillError person_not_found */
export async function getPerson(db: Db, id: string): Promise<typeof people.$inferSelect> {
  const [person] = await db.select().from(people).where(eq(people.id, id));
  if (person === undefined) throw new WaybillError("person_not_found");
  return person;
}
