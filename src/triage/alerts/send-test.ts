import { eq } from "drizzle-orm";
import { alerts } from "../../db/schema/alerts.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { Alert } from "./alert-rule-view.ts";
import type { AlertContext } from "./context.ts";
import { findRule } from "./find-rule.ts";
import { alertView } from "./list-alerts.ts";
import { sendRuleAlerts } from "./send-rule-alerts.ts";

/**
 * Sends an alert that says that it is a test, the way all of a rule's go, with an audit entry.
 * @returns what became of it
 * @throws WaybillError alert_rule_not_found
 */
export async function sendTest(
  ctx: AlertContext,
  { id: ruleId, actor }: { id: string; actor: Actor },
): Promise<Alert> {
  const now = ctx.clock.now();
  const id = newId("alert", now);
  await ctx.db.transaction(async (tx) => {
    const rule = await findRule(tx, ruleId);
    const told = { text: "This is a test; nothing happened.", path: "/settings/alerts" };
    await tx.insert(alerts).values({ id, ruleId, subject: `test.${id}`, at: now, ...told });
    const facts = { request: { ruleId }, before: {}, after: { name: rule.name } };
    const entry = { fileId: null, idempotencyKey: null, reason: null } as const;
    await recordAudit(tx, { ...entry, ...facts, action: "alert-rule.test", actor }, now);
  });
  await sendRuleAlerts(ctx);
  const [sent] = await ctx.db.select().from(alerts).where(eq(alerts.id, id));
  if (sent === undefined) throw new TypeError("an alert that was inserted is gone");
  return alertView(sent);
}
