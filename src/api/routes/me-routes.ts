import { createRoute, z } from "@hono/zod-openapi";
import { shortestPassword } from "../../access/auth.ts";
import { roles } from "../../db/roles.ts";
import {
  changePassword,
  endOtherSessions,
  listOwnSessions,
  ownSession,
  renameSelf,
} from "../../triage/people/own-account.ts";
import { sessionViewSchema } from "../../triage/people/person-view.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody } from "../deed-request.ts";

const done = json(z.object({ done: z.literal(true) }), "Done");

const get = createRoute({
  method: "get",
  path: "/api/v1/me",
  summary: "Who is asking",
  responses: {
    200: json(
      z.object({
        id: z.string(),
        name: z.string(),
        role: z.enum(roles),
        via: z.enum(["key", "session"]),
      }),
      "A person, or a key",
    ),
    ...refusals(),
  },
});

const rename = createRoute({
  method: "patch",
  path: "/api/v1/me",
  summary: "Go by another name",
  request: {
    body: jsonBody(z.strictObject({ name: z.string().trim().min(1).max(100) })),
  },
  responses: { 200: done, ...refusals(400, 403) },
});

const passwords = z.strictObject({
  current: z.string().min(1).max(128),
  next: z.string().min(shortestPassword).max(128),
});

const setPassword = createRoute({
  method: "post",
  path: "/api/v1/me/password",
  summary: "Set another password; all other sessions end",
  request: { body: jsonBody(passwords) },
  responses: { 200: done, ...refusals(400, 403) },
});

const listSessions = createRoute({
  method: "get",
  path: "/api/v1/me/sessions",
  summary: "The browsers in which one is signed in, the newest first",
  responses: {
    200: json(z.object({ items: z.array(sessionViewSchema) }), "At most fifty sessions"),
    ...refusals(403),
  },
});

const endOthers = createRoute({
  method: "post",
  path: "/api/v1/me/sessions/end-others",
  summary: "Sign out everywhere but here",
  responses: {
    200: json(z.object({ ended: z.number().int() }), "How many sessions ended"),
    ...refusals(403),
  },
});

/** Adds what concerns the one who asks. */
export function addMeRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(get, (c) => {
    const { keyId: id, keyName: name, role, via } = c.get("principal");
    return c.json({ id, name, role, via }, 200);
  });
  api.openapi(rename, async (c) => {
    const { personId } = ownSession(c.get("principal"));
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await renameSelf(ctx, { personId, name: c.req.valid("json").name, actor });
    return c.json({ done: true as const }, 200);
  });
  api.openapi(setPassword, async (c) => {
    const own = ownSession(c.get("principal"));
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await changePassword(ctx, { ...own, ...c.req.valid("json"), actor });
    return c.json({ done: true as const }, 200);
  });
  api.openapi(listSessions, async (c) =>
    c.json({ items: await listOwnSessions(ctx, ownSession(c.get("principal"))) }, 200),
  );
  api.openapi(endOthers, async (c) => {
    const own = ownSession(c.get("principal"));
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json({ ended: await endOtherSessions(ctx, { ...own, actor }) }, 200);
  });
}
