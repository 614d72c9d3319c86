import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import { inTransaction } from "../../kit/database.ts";

const groupRow = z.object({
  name: z.string(),
  created_ms: z.coerce.number(),
  updated_ms: z.coerce.number(),
  endpoints: z.array(z.object({ name: z.string().nullable(), url: z.string() })),
});

/** A destination within a group. */
export interface Endpoint {
  readonly url: string;
  readonly name?: string | undefined;
}

/** A URL group as the service shows it. */
export interface UrlGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly endpoints: readonly Endpoint[];
}

/** All groups, or the one of that name. */
export async function listUrlGroups(client: Pool | PoolClient, name?: string): Promise<UrlGroup[]> {
  const { rows } = await client.query(
    `SELECT g.name, g.created_ms, g.updated_ms,
            jsonb_agg(jsonb_build_object('name', e.name, 'url', e.url) ORDER BY e.seq) AS endpoints
     FROM qstash.url_groups g JOIN qstash.endpoints e ON e.group_name = g.name
     WHERE $1::text IS NULL OR g.name = $1 GROUP BY g.name ORDER BY g.name`,
    [name ?? null],
  );
  return z
    .array(groupRow)
    .parse(rows)
    .map((row) => ({
      name: row.name,
      createdAt: row.created_ms,
      updatedAt: row.updated_ms,
      endpoints: row.endpoints.map(({ name: endpoint, url }) => ({
        ...(endpoint !== null && { name: endpoint }),
        url,
      })),
    }));
}

/** Adds endpoints to a group, which is made if it is missing. */
export async function addEndpoints(
  pool: Pool,
  group: string,
  endpoints: readonly Endpoint[],
  nowMs: number,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(
      `INSERT INTO qstash.url_groups VALUES ($1, $2, $2)
       ON CONFLICT (name) DO UPDATE SET updated_ms = excluded.updated_ms`,
      [group, nowMs],
    );
    for (const { url, name } of endpoints) {
      await client.query(
        `INSERT INTO qstash.endpoints (group_name, url, name) VALUES ($1, $2, $3)
         ON CONFLICT (group_name, url) DO UPDATE SET name = excluded.name`,
        [group, url, name ?? null],
      );
    }
  });
}

/** Removes endpoints by URL or name; without its last one the group is gone. @returns false without such a group */
export async function removeEndpoints(
  pool: Pool,
  group: string,
  endpoints: readonly { readonly url?: string | undefined; readonly name?: string | undefined }[],
  nowMs: number,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query("UPDATE qstash.url_groups SET updated_ms = $2 WHERE name = $1", [
      group,
      nowMs,
    ]);
    await client.query(
      "DELETE FROM qstash.endpoints WHERE group_name = $1 AND (url = ANY($2) OR name = ANY($3))",
      [group, endpoints.flatMap(({ url }) => url ?? []), endpoints.flatMap(({ name }) => name ?? [])],
    );
    await client.query(
      `DELETE FROM qstash.url_groups
       WHERE name = $1 AND NOT EXISTS (SELECT FROM qstash.endpoints WHERE group_name = $1)`,
      [group],
    );
    return rowCount === 1;
  });
}

/** @returns false when there is no such group */
export async function deleteUrlGroup(pool: Pool, name: string): Promise<boolean> {
  const { rowCount } = await pool.query("DELETE FROM qstash.url_groups WHERE name = $1", [name]);
  return rowCount === 1;
}
