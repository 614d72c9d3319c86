import { desc, eq, isNull, sql } from "drizzle-orm";
import { alertRules, alerts } from "../../db/schema/alerts.ts";
import { projects } from "../../db/schema/projects.ts";
import type { AlertRule } from "./alert-rule-view.ts";
import type { AlertRuleRow } from "./alert-subject.ts";
import type { AlertContext } from "./context.ts";
import { signingSecretOf } from "./sign-alert.ts";

/** The rules that there are, the newest first. */
export async function listRules(ctx: Pick<AlertContext, "db" | "env">): Promise<AlertRule[]> {
  const rows = await ctx.db
    .select({
      rule: alertRules,
      project: projects.slug,
      lastAt: sql`(select max(at) from ${alerts} where ${alerts.ruleId} = ${alertRules.id})`.mapWith(
        alerts.at,
      ),
    })
    .from(alertRules)
    .leftJoin(projects, eq(projects.id, alertRules.projectId))
    .where(isNull(alertRules.removedAt))
    .orderBy(desc(alertRules.createdAt), desc(alertRules.id));
  return rows.map(({ rule, project, lastAt }) => ruleView(ctx, rule, { project, lastAt }));
}

/** A rule as the API shows it. */
export function ruleView(
  ctx: Pick<AlertContext, "env">,
  { id, name, kind, minutes, standing, url, paused, createdAt, createdBy }: AlertRuleRow,
  { project, lastAt }: { project: string | null; lastAt: Date | null },
): AlertRule {
  return {
    ...{ id, name, kind, minutes, standing, project, url, paused, createdBy },
    createdAt: createdAt.toISOString(),
    lastAlertAt: lastAt?.toISOString() ?? null,
    signingSecret: signingSecretOf(ctx, id),
  };
}
