import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "../../pipeline/files/file-view.ts";
import { failureViewSchema } from "../../triage/failures/failure-view.ts";
import { getFailure } from "../../triage/failures/get-failure.ts";
import { addNote } from "../../triage/failures/notes/add-note.ts";
import { listNotes } from "../../triage/failures/notes/list-notes.ts";
import { longestNote, noteViewSchema } from "../../triage/failures/notes/note-view.ts";
import { mergeFailures } from "../../triage/failures/regroup/merge-failures.ts";
import { previewSplit } from "../../triage/failures/regroup/preview-split.ts";
import { splitFailure } from "../../triage/failures/regroup/split-failure.ts";
import {
  longestPart,
  shortestPart,
  splitPreviewSchema,
} from "../../triage/failures/regroup/split-preview.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string() });
const part = z
  .string()
  .min(shortestPart)
  .max(longestPart)
  .openapi({ description: "part of the sentence, looked for as it is written" });

const notes = createRoute({
  method: "get",
  path: "/api/v1/failures/{id}/notes",
  summary: "The notes of a failure group, newest first",
  request: { params, query: pageQuery({ default: 50, max: 200 }) },
  responses: { 200: json(listOf(noteViewSchema), "A page of notes"), ...refusals(400, 404) },
});

const write = createRoute({
  method: "post",
  path: "/api/v1/failures/{id}/notes",
  summary: "Add a note to a failure group",
  request: {
    params,
    body: jsonBody(z.strictObject({ text: z.string().trim().min(1).max(longestNote) })),
  },
  responses: { 201: json(noteViewSchema, "The note"), ...refusals(400, 404, 409) },
});

const merge = createRoute({
  method: "post",
  path: "/api/v1/failures/{id}/merge",
  summary: "Move all that a failure group has, and will get, into another one",
  request: {
    params,
    body: jsonBody(
      z.strictObject({
        into: z.string().min(1).max(255).openapi({ description: "the id of the group that stays" }),
        reason,
      }),
    ),
  },
  responses: {
    200: json(failureViewSchema, "The group that stays, as it is now"),
    ...refusals(400, 404, 409),
  },
});

const preview = createRoute({
  method: "get",
  path: "/api/v1/failures/{id}/split",
  summary: "Which failures a split would move, before it is done",
  request: { params, query: z.object({ contains: part }) },
  responses: { 200: json(splitPreviewSchema, "Both sides"), ...refusals(400, 404) },
});

const split = createRoute({
  method: "post",
  path: "/api/v1/failures/{id}/split",
  summary:
    "Move the failures whose sentence has a part, and those that will have it, into a group of their own",
  request: {
    params,
    body: jsonBody(
      z.strictObject({
        contains: part,
        reason,
      }),
    ),
  },
  responses: { 201: json(failureViewSchema, "The new group"), ...refusals(400, 404, 409) },
});

/** Adds what people do with failure groups: notes, merge and split. */
export function addFailureDeedRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(notes, async (c) => {
    const { cursor = null, limit } = c.req.valid("query");
    return c.json(await listNotes(ctx, { groupId: c.req.valid("param").id, limit, cursor }), 200);
  });
  api.openapi(write, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const { id } = c.req.valid("param");
    return c.json(await addNote(ctx, { id, text: c.req.valid("json").text, actor }), 201);
  });
  api.openapi(merge, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const body = c.req.valid("json");
    await mergeFailures(ctx, { id: c.req.valid("param").id, ...body, actor });
    return c.json(await getFailure(ctx, body.into), 200);
  });
  api.openapi(preview, async (c) => {
    const { contains } = c.req.valid("query");
    return c.json(await previewSplit(ctx, { id: c.req.valid("param").id, contains }), 200);
  });
  api.openapi(split, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    const into = await splitFailure(ctx, { id: c.req.valid("param").id, ...c.req.valid("json"), actor });
    return c.json(await getFailure(ctx, into), 201);
  });
}
