import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { alertRules } from "../../db/schema/alerts.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { AlertRuleRow } from "./alert-subject.ts";

const of = (id: string) => and(eq(alertRules.id, id), isNull(alertRules.removedAt));

/** A rule that there is. @throws WaybillError alert_rule_not_found */
export async function findRule(db: Db, id: string): Promise<AlertRuleRow> {
  return found(await db.select().from(alertRules).where(of(id)), id);
}

/** The same, locked until the transaction ends. @throws WaybillError alert_rule_not_found */
export async function lockRule(tx: Db, id: string): Promise<AlertRuleRow> {
  return found(await tx.select().from(alertRules).where(of(id)).for("update"), id);
}

function found([rule]: readonly AlertRuleRow[], id: string): AlertRuleRow {
  if (rule === undefined) throw new WaybillError("alert_rule_not_found", { details: { ruleId: id } });
  return rule;
}
