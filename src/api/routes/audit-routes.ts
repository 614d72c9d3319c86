import { createRoute, z } from "@hono/zod-openapi";
import { auditActions } from "../../db/audit-actions.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { auditEntryViewSchema } from "../../triage/audit-view.ts";
import { listAudit } from "../../triage/list-audit.ts";
import { json, refusals } from "../answers.ts";
import { anyOf } from "../any-of.ts";
import type { ApiContext } from "../context.ts";
import type { Api } from "../create-api.ts";
import { pageQuery } from "../page-query.ts";

const id = z.string().min(1).max(255);

const auditQuery = pageQuery({ default: 50, max: 500 }).extend({
  action: anyOf(z.enum(auditActions), "any of these changes"),
  who: id.optional().openapi({ description: "the id of the key that made the change" }),
  file: id.optional(),
  since: z.iso.datetime().optional().openapi({ description: "from this time on" }),
  until: z.iso.datetime().optional().openapi({ description: "before this time" }),
});

const list = createRoute({
  method: "get",
  path: "/api/v1/audit",
  summary: "What people changed, newest first",
  request: { query: auditQuery },
  responses: { 200: json(listOf(auditEntryViewSchema), "A page of entries"), ...refusals(400) },
});

/** Adds the audit log. */
export function addAuditRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null, action: actions, who: keyId, file: fileId, ...span } = c.req.valid("query");
    const since = span.since === undefined ? undefined : new Date(span.since);
    const until = span.until === undefined ? undefined : new Date(span.until);
    return c.json(await listAudit(ctx, { actions, keyId, fileId, since, until, limit, cursor }), 200);
  });
}
