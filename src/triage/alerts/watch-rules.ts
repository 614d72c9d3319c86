import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { alertRules, alerts } from "../../db/schema/alerts.ts";
import { newId } from "../../kernel/ids.ts";
import type { AlertRuleRow } from "./alert-subject.ts";
import type { AlertContext } from "./context.ts";
import { findSubjects } from "./find-subjects.ts";
import { sendRuleAlerts } from "./send-rule-alerts.ts";

/** For how long it must have been well before it is told of again, in ms: what comes and goes is one thing. */
const wellForMs = 10 * 60_000;

/**
 * Looks for what the rules tell of, writes it down, each subject once, and sends it. Called by the tick: what it finds
 * is read from the database, so that nothing is missed by a worker that dies. A rule that cannot be looked at holds no
 * other up, and not the tick.
 * @returns how many alerts were sent
 */
export async function watchRules(ctx: AlertContext): Promise<number> {
  const rules = await ctx.db
    .select()
    .from(alertRules)
    .where(and(eq(alertRules.paused, false), isNull(alertRules.removedAt)));
  for (const rule of rules) {
    try {
      await raise(ctx, rule);
    } catch (error) {
      ctx.log.error({ err: error, ruleId: rule.id }, "a rule of alerts could not be looked at");
    }
  }
  return sendRuleAlerts(ctx);
}

async function raise({ db, clock }: AlertContext, rule: AlertRuleRow): Promise<void> {
  const now = clock.now();
  const found = await findSubjects(db, rule, now);
  const open = and(eq(alerts.ruleId, rule.id), isNull(alerts.endedAt));
  await db.transaction(async (tx) => {
    // First: what was well for long enough, and is not any more, is told of again.
    const well = lt(alerts.seenAt, new Date(now.getTime() - wellForMs));
    await tx
      .update(alerts)
      .set({ endedAt: now })
      .where(and(open, isNotNull(alerts.seenAt), well));
    if (found.length === 0) return;
    await tx
      .insert(alerts)
      .values(
        found.map(({ ends, ...subject }) => ({
          ...{ id: newId("alert", now), ruleId: rule.id, at: now, seenAt: ends ? now : null },
          ...subject,
        })),
      )
      .onConflictDoUpdate({
        target: [alerts.ruleId, alerts.subject],
        targetWhere: sql`${alerts.endedAt} is null`,
        set: { seenAt: sql`excluded.seen_at` },
      });
  });
}
