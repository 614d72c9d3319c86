import { inArray } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { apiKeys, people } from "../../db/schema/access.ts";

/** What people and keys are called now, by their ids; those who are gone are left out. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const keys = db
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(inArray(apiKeys.id, [...ids]));
  const persons = db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  const found = await persons.unionAll(keys);
  return new Map(found.map(({ id, name }) => [id, name]));
}
