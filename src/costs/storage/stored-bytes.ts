import { inArray } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { projects } from "../../db/schema/projects.ts";
import { readRollup } from "../rollups/read-rollup.ts";
import { ingestRollup } from "../rollups/rollup.ts";

/** What a project stores; null for what belongs to none. */
export interface Stored {
  readonly projectId: string | null;
  readonly bytes: number;
}

/** What the vector index says of its size: in all, and how many vectors each namespace has. */
export interface IndexSize {
  readonly bytes: number;
  readonly vectors: ReadonlyMap<string, number>;
}

/** Before anything was stored; on a quarter hour, as sums by time are. */
const beginning = new Date("2020-01-01T00:00:00Z");

/** The originals in Blob, by the sums of all uploads: an original stays. */
export async function storedInBlob({ db }: Pick<DbContext, "db">, until: Date): Promise<Stored[]> {
  const rows = await readRollup(db, ingestRollup, { boundaries: [beginning, until], by: ["project_id"] });
  return rows.map(({ key, sums }) => ({
    projectId: key.project_id ?? null,
    bytes: Number(sums.bytes ?? 0n),
  }));
}

/**
 * The index's bytes, given to the projects by their vectors, as all vectors are of one size and metadata is small
 * beside them. What cannot be divided, and what lies in other namespaces, belongs to none.
 */
export async function storedInIndex(
  { db }: Pick<DbContext, "db">,
  { bytes, vectors }: IndexSize,
): Promise<Stored[]> {
  const all = [...vectors.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return [{ projectId: null, bytes }];
  const found = await db
    .select({ id: projects.id, slug: projects.slug })
    .from(projects)
    .where(inArray(projects.slug, [...vectors.keys()]));
  const shares = found.map(({ id, slug }) => ({
    projectId: id,
    bytes: Math.floor((bytes * (vectors.get(slug) ?? 0)) / all),
  }));
  const rest = bytes - shares.reduce((sum, share) => sum + share.bytes, 0);
  return [...shares, { projectId: null, bytes: rest }];
}
