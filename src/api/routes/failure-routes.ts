import { createRoute, z } from "@hono/zod-openapi";
import { failureSorts, failureStates } from "../../db/failure-states.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { assignFailure } from "../../triage/failures/assign-failure.ts";
import { commonViewSchema } from "../../triage/failures/common-view.ts";
import { compareGroup } from "../../triage/failures/compare-group.ts";
import {
  failedFileSchema,
  failureSummarySchema,
  failureViewSchema,
} from "../../triage/failures/failure-view.ts";
import { type FileAttribute, fileAttributes } from "../../triage/failures/file-traits.ts";
import { getFailure } from "../../triage/failures/get-failure.ts";
import { listFailedFiles } from "../../triage/failures/list-failed-files.ts";
import { listFailures } from "../../triage/failures/list-failures.ts";
import { setFailureState } from "../../triage/failures/set-failure-state.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import { anyOf } from "../any-of.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string() });
const text = z.string().min(1).max(255);

const list = createRoute({
  method: "get",
  path: "/api/v1/failures",
  summary: "Failure groups, the most first",
  request: {
    query: pageQuery({ default: 50, max: 200 }).extend({
      state: anyOf(z.enum(failureStates), "in any of these states"),
      step: text.optional(),
      code: text.optional(),
      project: text.optional().openapi({ description: "the slug of a project in which it has happened" }),
      q: text.optional().openapi({ description: "part of the sentence" }),
      since: z.iso.datetime().optional().openapi({ description: "seen last from this time on" }),
      until: z.iso.datetime().optional().openapi({ description: "seen first before this time" }),
      sort: z.enum(failureSorts).default("last-seen"),
    }),
  },
  responses: { 200: json(listOf(failureSummarySchema), "A page of groups"), ...refusals(400) },
});

const get = createRoute({
  method: "get",
  path: "/api/v1/failures/{id}",
  summary: "A failure group",
  request: { params },
  responses: { 200: json(failureViewSchema, "The group"), ...refusals(404) },
});

const listFiles = createRoute({
  method: "get",
  path: "/api/v1/failures/{id}/files",
  summary: "The files of a failure group, the one that failed last first",
  request: {
    params,
    query: pageQuery({ default: 50, max: 500 }).extend({
      standing: z
        .enum(["true", "false"])
        .optional()
        .openapi({ description: "whether they stand failed by it" }),
      attribute: z
        .enum(fileAttributes)
        .optional()
        .openapi({ description: "with `value`: those that have it" }),
      value: text.optional().openapi({ description: "as the group's comparison names it" }),
    }),
  },
  responses: { 200: json(listOf(failedFileSchema), "A page of files"), ...refusals(400, 404) },
});

const getCommon = createRoute({
  method: "get",
  path: "/api/v1/failures/{id}/common",
  summary: "What the files of a failure group have in common, and those that succeeded have not",
  request: { params },
  responses: { 200: json(commonViewSchema, "The comparison"), ...refusals(404) },
});

const stateBody = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("open"), reason }),
  z.strictObject({
    state: z.literal("ignored"),
    until: z.iso.datetime().optional().openapi({ description: "it is open again from then on" }),
    failures: z.number().int().min(1).max(1_000_000).optional().openapi({
      description: "so many more failures open it again",
    }),
    reason,
  }),
  z.strictObject({
    state: z.literal("resolved"),
    deployment: text
      .optional()
      .openapi({ description: "the one that claims to mend it; left out: the one that takes the request" }),
    reason,
  }),
]);

const setState = createRoute({
  method: "post",
  path: "/api/v1/failures/{id}/state",
  summary: "Open, ignore or resolve a failure group",
  request: { params, body: jsonBody(stateBody) },
  responses: { 200: json(failureViewSchema, "The group as it is now"), ...refusals(400, 404, 409) },
});

const assign = createRoute({
  method: "post",
  path: "/api/v1/failures/{id}/assignee",
  summary: "Give a failure group to somebody, by the id of their key, or to nobody",
  request: {
    params,
    body: jsonBody(z.strictObject({ keyId: text.nullable() })),
  },
  responses: { 200: json(failureViewSchema, "The group as it is now"), ...refusals(400, 404, 409) },
});

/** Adds the failure groups. */
export function addFailureRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { cursor = null, state: states, since, until, ...rest } = c.req.valid("query");
    const span = {
      since: since === undefined ? since : new Date(since),
      until: until === undefined ? until : new Date(until),
    };
    return c.json(await listFailures(ctx, { ...rest, ...span, states, cursor }), 200);
  });
  api.openapi(get, async (c) => c.json(await getFailure(ctx, c.req.valid("param").id), 200));
  api.openapi(setState, async (c) => {
    const { id } = c.req.valid("param");
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await setFailureState(ctx, { id, change: c.req.valid("json"), actor });
    return c.json(await getFailure(ctx, id), 200);
  });
  api.openapi(assign, async (c) => {
    const { id } = c.req.valid("param");
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await assignFailure(ctx, { id, keyId: c.req.valid("json").keyId, actor });
    return c.json(await getFailure(ctx, id), 200);
  });
  api.openapi(listFiles, async (c) => {
    const { cursor = null, limit, standing, ...asked } = c.req.valid("query");
    const only = standing === undefined ? undefined : standing === "true";
    const groupId = c.req.valid("param").id;
    return c.json(
      await listFailedFiles(ctx, { groupId, standing: only, trait: traitOf(asked), limit, cursor }),
      200,
    );
  });
  api.openapi(getCommon, async (c) => c.json(await compareGroup(ctx, c.req.valid("param").id), 200));
}

function traitOf(asked: { attribute?: FileAttribute | undefined; value?: string | undefined }) {
  const { attribute, value } = asked;
  if (attribute !== undefined && value !== undefined) return { attribute, value };
  if (attribute === undefined && value === undefined) return undefined;
  throw new WaybillError("malformed_request", {
    message: "attribute and value are given together.",
    details: attribute === undefined ? { attribute: "missing" } : { value: "missing" },
  });
}
