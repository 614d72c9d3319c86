import { and, asc, eq, isNull } from "drizzle-orm";
import { recordSpending } from "../../costs/ledger/record-spending.ts";
import { alertRules, alerts } from "../../db/schema/alerts.ts";
import { projects } from "../../db/schema/projects.ts";
import { alertEntry } from "../../jobs/alert-entry.ts";
import { toWaybillError } from "../../kernel/errors.ts";
import type { AlertContext } from "./context.ts";
import { signAlert, signingSecretOf } from "./sign-alert.ts";

/** Most alerts in one pass; the next tick takes the rest. */
const batchSize = 50;

/**
 * Sends what rules have found through QStash, signed. What QStash does not take now is sent by the next tick; told
 * twice, QStash delivers it once. What it refuses for good, such as an address that it does not call, is marked so.
 * @returns how many QStash took
 */
export async function sendRuleAlerts(ctx: AlertContext): Promise<number> {
  let sent = 0;
  for (const row of await readUnsent(ctx)) {
    const { id } = row.alert;
    const body = bodyOf(ctx, row);
    const now = ctx.clock.now();
    const signature = signAlert(signingSecretOf(ctx, row.rule.id), JSON.stringify(body), now);
    const { url } = row.rule;
    try {
      const headers = { "Waybill-Signature": signature };
      await ctx.queue.notify({ url, body, deduplicationId: id, headers });
    } catch (error) {
      const { code } = toWaybillError(error);
      ctx.log.warn({ err: error, alertId: id, code }, "an alert could not be sent");
      if (code !== "provider_refused") return sent;
      await ctx.db.update(alerts).set({ refusedAt: now }).where(eq(alerts.id, id));
      continue;
    }
    await recordSpending(ctx, [alertEntry(id, now)]);
    await ctx.db.update(alerts).set({ sentAt: now, sentTo: url }).where(eq(alerts.id, id));
    sent += 1;
  }
  return sent;
}

type Unsent = Awaited<ReturnType<typeof readUnsent>>[number];

function readUnsent({ db }: Pick<AlertContext, "db">) {
  return db
    .select({ alert: alerts, rule: alertRules, project: projects.slug })
    .from(alerts)
    .innerJoin(alertRules, eq(alertRules.id, alerts.ruleId))
    .leftJoin(projects, eq(projects.id, alertRules.projectId))
    .where(and(isNull(alerts.sentAt), isNull(alerts.refusedAt), isNull(alertRules.removedAt)))
    .orderBy(asc(alerts.at), asc(alerts.id))
    .limit(batchSize);
}

/** What is told. `text` is one sentence, as chats take it. */
function bodyOf({ env }: Pick<AlertContext, "env">, { alert, rule, project }: Unsent) {
  return {
    kind: rule.kind,
    text: `${rule.name}: ${alert.text}`,
    url: `${env.WAYBILL_URL}${alert.path}`,
    rule: { id: rule.id, name: rule.name, project },
    subject: alert.subject,
    alertId: alert.id,
    at: alert.at.toISOString(),
  };
}
