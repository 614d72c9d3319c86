import { eq, max } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { alertRules, alerts } from "../../db/schema/alerts.ts";
import type { AuditFacts } from "../../db/schema/audit.ts";
import { projects } from "../../db/schema/projects.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { findProject } from "../../pipeline/projects/find-project.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { type AlertRule, hasNumber, type NewRule, type RuleChange, ruleNumbers } from "./alert-rule-view.ts";
import type { AlertRuleRow } from "./alert-subject.ts";
import type { AlertContext } from "./context.ts";
import { lockRule } from "./find-rule.ts";
import { ruleView } from "./list-rules.ts";

interface Asked {
  readonly actor: Actor;
  readonly reason: string | null;
}

const entry = { fileId: null, idempotencyKey: null } as const;

/** Makes a rule, with an audit entry. @throws WaybillError project_not_found */
export function createRule(
  ctx: AlertContext,
  { rule, actor, reason }: Asked & { rule: NewRule },
): Promise<AlertRule> {
  return ctx.db.transaction(async (tx) => {
    const { project, ...settings } = rule;
    const projectId = project === null ? null : (await findProject({ db: tx }, project)).id;
    const now = ctx.clock.now();
    const id = newId("rule", now);
    const [row] = await tx
      .insert(alertRules)
      .values({ ...settings, id, projectId, since: now, createdAt: now, createdBy: actor.keyName })
      .returning();
    if (row === undefined) throw new TypeError("an insert returned no row");
    const facts = { request: { ruleId: id }, before: {}, after: factsOf(row, project) };
    await recordAudit(tx, { ...entry, ...facts, action: "alert-rule.create", actor, reason }, now);
    return ruleView(ctx, row, { project, lastAt: null });
  });
}

/**
 * Changes a rule, or pauses it and lets it go on, with an audit entry. What happened while it was paused is not told.
 * @throws WaybillError alert_rule_not_found; malformed_request for a number that its kind has not, or null for one that it has
 */
export function changeRule(
  ctx: AlertContext,
  { id, change, actor, reason }: Asked & { id: string; change: RuleChange },
): Promise<AlertRule> {
  return ctx.db.transaction(async (tx) => {
    const before = await lockRule(tx, id);
    refuseNumbers(before, change);
    const now = ctx.clock.now();
    const resumed = before.paused && change.paused === false;
    const [row] = await tx
      .update(alertRules)
      .set({
        name: change.name ?? before.name,
        minutes: change.minutes === undefined ? before.minutes : change.minutes,
        standing: change.standing === undefined ? before.standing : change.standing,
        url: change.url ?? before.url,
        paused: change.paused ?? before.paused,
        since: resumed ? now : before.since,
      })
      .where(eq(alertRules.id, id))
      .returning();
    if (row === undefined) throw new TypeError("an update returned no row");
    const beside = await besides(tx, row);
    const facts = {
      request: { ruleId: id },
      before: factsOf(before, beside.project),
      // An address may hold a secret: the log has whose it is, and whether it is another one.
      after: { ...factsOf(row, beside.project), ...(row.url !== before.url && { address: "changed" }) },
    };
    await recordAudit(tx, { ...entry, ...facts, action: "alert-rule.change", actor, reason }, now);
    return ruleView(ctx, row, beside);
  });
}

/** Takes a rule away, with an audit entry; what it has not sent yet is not sent. @throws WaybillError alert_rule_not_found */
export function removeRule(ctx: AlertContext, { id, actor, reason }: Asked & { id: string }): Promise<void> {
  return ctx.db.transaction(async (tx) => {
    const row = await lockRule(tx, id);
    const now = ctx.clock.now();
    const { project } = await besides(tx, row);
    await tx.update(alertRules).set({ removedAt: now }).where(eq(alertRules.id, id));
    const facts = { request: { ruleId: id }, before: factsOf(row, project), after: {} };
    await recordAudit(tx, { ...entry, ...facts, action: "alert-rule.remove", actor, reason }, now);
  });
}

function refuseNumbers({ kind }: AlertRuleRow, change: RuleChange): void {
  for (const number of ruleNumbers) {
    const asked = change[number];
    const has = hasNumber[number](kind);
    if (asked !== undefined && has !== (asked !== null))
      throw new WaybillError("malformed_request", {
        details: { [number]: `is ${has ? "needed" : "not"} for ${kind}` },
      });
  }
}

/** What stands beside a rule's own row. */
async function besides(
  tx: Db,
  { id, projectId }: AlertRuleRow,
): Promise<{ project: string | null; lastAt: Date | null }> {
  const [last] = await tx
    .select({ at: max(alerts.at) })
    .from(alerts)
    .where(eq(alerts.ruleId, id));
  const [project] =
    projectId === null ? [] : await tx.select().from(projects).where(eq(projects.id, projectId));
  return { project: project?.slug ?? null, lastAt: last?.at ?? null };
}

function factsOf(
  { name, kind, minutes, standing, url, paused }: AlertRuleRow,
  project: string | null,
): AuditFacts {
  return { name, kind, minutes, standing, project, host: new URL(url).host, paused: String(paused) };
}
