import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { alerts } from "../../db/schema/alerts.ts";
import type { Alert } from "./alert-rule-view.ts";
import { findRule } from "./find-rule.ts";

const place = z.tuple([z.iso.datetime(), z.string()]);

/**
 * What a rule has told, the newest first.
 * @throws WaybillError alert_rule_not_found, or malformed_request for a cursor of another list
 */
export async function listAlerts(
  { db }: Pick<DbContext, "db">,
  { ruleId, cursor, limit }: PageRequest & { ruleId: string },
): Promise<{ items: Alert[]; nextCursor: string | null }> {
  const before = parseCursor(place, cursor);
  await findRule(db, ruleId);
  const found = await db
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.ruleId, ruleId),
        before === null
          ? undefined
          : sql`(${alerts.at}, ${alerts.id}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    // As the index has it.
    .orderBy(sql`${alerts.at} desc nulls last`, sql`${alerts.id} desc nulls last`)
    .limit(limit + 1);
  const { rows, last } = cutPage(found, limit);
  return {
    items: rows.map(alertView),
    nextCursor: last && formatCursor([last.at.toISOString(), last.id]),
  };
}

/** An alert as the API shows it. */
export function alertView(row: typeof alerts.$inferSelect): Alert {
  const { id, text, path, at, endedAt, sentAt, refusedAt } = row;
  return {
    ...{ id, text, path },
    at: at.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    state: refusedAt !== null ? "refused" : sentAt === null ? "waiting" : "sent",
    sentAt: sentAt?.toISOString() ?? null,
  };
}
