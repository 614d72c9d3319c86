import { and, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { apiKeys } from "../../db/schema/access.ts";
import type { KeyView } from "./person-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** API keys, the newest first; those that were revoked only if asked for. @throws WaybillError malformed_request */
export async function listKeys(
  { db }: Pick<DbContext, "db">,
  { revoked, ...page }: PageRequest & { revoked: boolean },
): Promise<{ items: KeyView[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, page.cursor);
  const { id, createdAt } = apiKeys;
  const found = await db
    .select()
    .from(apiKeys)
    .where(
      and(
        revoked ? undefined : isNull(apiKeys.revokedAt),
        before === null ? undefined : sql`(${createdAt}, ${id}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    .orderBy(sql`${createdAt} desc nulls last`, sql`${id} desc nulls last`)
    .limit(page.limit + 1);
  const { rows, last } = cutPage(found, page.limit);
  return {
    items: rows.map(keyViewOf),
    nextCursor: last && formatCursor([last.createdAt.toISOString(), last.id]),
  };
}

/** A key as the API shows it. */
export function keyViewOf({ hash: _, ...row }: typeof apiKeys.$inferSelect): KeyView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
