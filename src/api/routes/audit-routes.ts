import { createRoute, z } from "@hono/zod-openapi";
import { auditActions } from "../../db/audit-actions.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { findProject } from "../../pipeline/projects/find-project.ts";
import type { AuditFilter } from "../../triage/audit/audit-filter.ts";
import {
  type AuditEntryView,
  auditActorSchema,
  auditEntryViewSchema,
  auditRuleSchema,
} from "../../triage/audit/audit-view.ts";
import { exportAudit } from "../../triage/audit/export-audit.ts";
import { listActors } from "../../triage/audit/list-actors.ts";
import { listAudit } from "../../triage/audit/list-audit.ts";
import { readAuditRule } from "../../triage/audit/read-rule.ts";
import { redactFor } from "../../triage/redaction/read-redaction.ts";
import { json, refusals } from "../answers.ts";
import { anyOf } from "../any-of.ts";
import type { ApiContext } from "../context.ts";
import type { Api } from "../create-api.ts";
import { pageQuery } from "../page-query.ts";
import { auditPayloads, redactAt } from "../payloads.ts";
import { streamText } from "../stream-text.ts";

/** The forms of an export. */
const exportForms = ["csv", "json"] as const;
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

const whole = createRoute({
  method: "get",
  path: "/api/v1/audit/export",
  summary: "The same entries as a file, newest first, at most 100,000 of them",
  request: { query: auditQuery.extend({ form: z.enum(exportForms) }) },
  responses: {
    200: {
      description:
        "CSV: a header and one line an entry, its facts as JSON in a cell. JSON: an array of entries",
      content: {
        "text/csv": { schema: z.string() },
        "application/json": { schema: z.array(auditEntryViewSchema) },
      },
    },
    ...refusals(400, 404),
  },
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
  api.openapi(whole, async (c) => {
    const { form, ...query } = c.req.valid("query");
    const redact = await redactFor(ctx, c.get("principal").role);
    const show = (entry: AuditEntryView) =>
      auditEntryViewSchema.parse(redactAt(entry, auditPayloads, redact));
    return c.body(streamText(exportAudit(ctx, await filterOf(ctx, query), form, show)), 200, {
      "Content-Type": form === "csv" ? "text/csv; charset=utf-8" : "application/json",
      "Content-Disposition": `attachment; filename="audit.${form}"`,
    });
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
