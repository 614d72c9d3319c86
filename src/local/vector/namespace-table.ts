import type { Pool, PoolClient } from "pg";
import { z } from "zod";

const namesSchema = z.array(z.object({ name: z.string() }));

/** Makes a namespace of an index, unless it is there. */
export async function ensureNamespace(pool: Pool, index: string, namespace: string): Promise<void> {
  const statement = "INSERT INTO vector.namespaces (index_name, name) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  await pool.query(statement, [index, namespace]);
}

/** The names of an index's namespaces, in their order. */
export async function namespacesOf(pool: Pool, index: string): Promise<string[]> {
  const statement = "SELECT name FROM vector.namespaces WHERE index_name = $1 ORDER BY name";
  const { rows } = await pool.query(statement, [index]);
  return namesSchema.parse(rows).map(({ name }) => name);
}

/** Deletes a namespace with its records. @returns false when there is no such namespace */
export async function dropNamespace(
  client: Pool | PoolClient,
  index: string,
  namespace: string,
): Promise<boolean> {
  const statement = "DELETE FROM vector.namespaces WHERE index_name = $1 AND name = $2";
  const { rowCount } = await client.query(statement, [index, namespace]);
  return rowCount === 1;
}

/** Gives a namespace another name, which must be free. */
export async function renameNamespace(
  client: Pool | PoolClient,
  index: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const statement = "UPDATE vector.namespaces SET name = $3 WHERE index_name = $1 AND name = $2";
  await client.query(statement, [index, from, to]);
}
