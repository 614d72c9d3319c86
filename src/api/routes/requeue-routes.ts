import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "../../pipeline/files/file-view.ts";
import { requireFile } from "../../pipeline/files/require-file.ts";
import { auditEntryViewSchema } from "../../triage/audit/audit-view.ts";
import { listAudit } from "../../triage/audit/list-audit.ts";
import { requeueFile } from "../../triage/requeue-file.ts";
import { requeuedSchema } from "../../triage/requeued-view.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { idempotencyHeaders, jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string() });

const requeueBody = z.strictObject({
  from: z
    .string()
    .min(1)
    .max(60)
    .openapi({ description: "`failed`, `start`, or the name of a step", example: "failed" }),
  reason,
});

const requeue = createRoute({
  method: "post",
  path: "/api/v1/files/{id}/requeue",
  summary: "Do a file again: from what failed, from a named step, or from the start",
  request: {
    params,
    headers: idempotencyHeaders("the same key twice is one requeue, with the same answer"),
    body: jsonBody(requeueBody),
  },
  responses: { 202: json(requeuedSchema, "What will be done"), ...refusals(400, 404, 409) },
});

const audit = createRoute({
  method: "get",
  path: "/api/v1/files/{id}/audit",
  summary: "What people did with a file, newest first",
  request: { params, query: pageQuery({ default: 50, max: 500 }) },
  responses: { 200: json(listOf(auditEntryViewSchema), "A page of entries"), ...refusals(400, 404) },
});

/** Adds the requeue of a file and its audit log. */
export function addRequeueRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(requeue, async (c) => {
    const { from, reason = null } = c.req.valid("json");
    const input = {
      fileId: c.req.valid("param").id,
      from,
      reason,
      idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      actor: actorOf(ctx, c.get("principal"), c.req.raw),
    };
    return c.json(await requeueFile(ctx, input), 202);
  });
  api.openapi(audit, async (c) => {
    const { id: fileId } = c.req.valid("param");
    const { limit, cursor = null } = c.req.valid("query");
    await requireFile(ctx, fileId);
    return c.json(await listAudit(ctx, { fileId, limit, cursor }), 200);
  });
}
