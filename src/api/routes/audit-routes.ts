import { createRoute, z } from "@hono/zod-openapi";
import { auditActions } from "../../db/audit-actions.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { findProject } from "../../pipeline/projects/find-project.ts";
import type { AuditFilter } from "../../triage/audit/audit-filter.ts";
import { auditActorSchema, auditEntryViewSchema, auditRuleSchema } from "../../triage/audit/audit-view.ts";
import { listActors } from "../../triage/audit/list-actors.ts";
import { listAudit } from "../../triage/audit/list-audit.ts";
import { readAuditRule } from "../../triage/audit/read-rule.ts";
import { json, refusals } from "../answers.ts";
import { anyOf } from "../any-of.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { pageQuery } from "../page-query.ts";

const id = z.string().min(1).max(255);

const auditQuery = z.object({
  action: anyOf(z.enum(auditActions), "any of these changes"),
  who: id.optional().openapi({ description: "the id of the one who made the change" }),
  file: id.optional(),
  subject: id
    .optional()
    .openapi({ description: "the id of anything that an entry names, or the name of a provider" }),
  project: id.optional().openapi({ description: "a project's slug" }),
  since: z.iso.datetime().optional().openapi({ description: "from this time on" }),
  until: z.iso.datetime().optional().openapi({ description: "before this time" }),
});

const list = createRoute({
  method: "get",
  path: "/api/v1/audit",
  summary: "What people changed, newest first",
  request: { query: auditQuery.extend(pageQuery({ default: 50, max: 500 }).shape) },
  responses: { 200: json(listOf(auditEntryViewSchema), "A page of entries"), ...refusals(400, 404) },
});

const actors = createRoute({
  method: "get",
  path: "/api/v1/audit/actors",
  summary: "Everybody who has an entry in the audit log",
  responses: {
    200: json(z.object({ items: z.array(auditActorSchema) }), "Who, newest entry first"),
    ...refusals(),
  },
});

const rule = createRoute({
  method: "get",
  path: "/api/v1/audit/rule",
  summary: "What in the database keeps the audit log as it is",
  responses: { 200: json(auditRuleSchema, "The rule, and whether it is held"), ...refusals() },
});

/** Adds the audit log. */
export function addAuditRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null, ...query } = c.req.valid("query");
    return c.json(await listAudit(ctx, { ...(await filterOf(ctx, query)), limit, cursor }), 200);
  });
  api.openapi(actors, async (c) => c.json({ items: await listActors(ctx) }, 200));
  api.openapi(rule, async (c) => c.json(await readAuditRule(ctx), 200));
}

/** @throws WaybillError project_not_found */
async function filterOf(ctx: ApiContext, query: z.output<typeof auditQuery>): Promise<AuditFilter> {
  const { action: actions, who: keyId, file: fileId, subject, project, since, until } = query;
  return {
    ...{ actions, keyId, fileId, subject },
    projectId: project === undefined ? undefined : (await findProject(ctx, project)).id,
    since: since === undefined ? undefined : new Date(since),
    until: until === undefined ? undefined : new Date(until),
  };
}
