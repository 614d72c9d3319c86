import { createRoute, z } from "@hono/zod-openapi";
import { roles } from "../../db/roles.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { invitePerson } from "../../triage/people/invite-person.ts";
import { listInvitations } from "../../triage/people/list-invitations.ts";
import { listPeople } from "../../triage/people/list-people.ts";
import { invitationViewSchema, personViewSchema } from "../../triage/people/person-view.ts";
import { removePerson } from "../../triage/people/remove-person.ts";
import { revokeInvitation } from "../../triage/people/revoke-invitation.ts";
import { setRole } from "../../triage/people/set-role.ts";
import { actorOf } from "../actor-of.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody, reason } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const params = z.object({ id: z.string().min(1).max(255) });
const role = z.enum(roles);
const query = pageQuery({ default: 50, max: 500 });
const done = json(z.object({ done: z.literal(true) }), "Done");

const list = createRoute({
  method: "get",
  path: "/api/v1/people",
  summary: "Those who sign in, the newest first",
  request: { query },
  responses: { 200: json(listOf(personViewSchema), "A page of people"), ...refusals(400, 403) },
});

const setRoleRoute = createRoute({
  method: "post",
  path: "/api/v1/people/{id}/role",
  summary: "Give somebody another role; who loses rights by it is signed out everywhere",
  request: {
    params,
    body: jsonBody(z.strictObject({ role, reason })),
  },
  responses: { 200: done, ...refusals(400, 403, 404, 409) },
});

const remove = createRoute({
  method: "delete",
  path: "/api/v1/people/{id}",
  summary: "Remove somebody with their sessions; what they did stays under their name",
  request: { params },
  responses: { 200: done, ...refusals(403, 404, 409) },
});

const listInvited = createRoute({
  method: "get",
  path: "/api/v1/invitations",
  summary: "Invitations that are open, the newest first",
  request: { query },
  responses: { 200: json(listOf(invitationViewSchema), "A page of invitations"), ...refusals(400, 403) },
});

const invited = invitationViewSchema.extend({
  url: z.url().describe("the link, shown here and never again"),
});
const inviteBody = z.strictObject({
  role,
  email: z.string().trim().toLowerCase().pipe(z.email()).nullable().default(null).openapi({
    description: "the only address that the invitation is good for; left out: any",
  }),
});

const inviteRoute = createRoute({
  method: "post",
  path: "/api/v1/invitations",
  summary: "Make a link by which one person joins, within three days",
  request: { body: jsonBody(inviteBody) },
  responses: { 201: json(invited, "The invitation with its link"), ...refusals(400, 403, 409) },
});

const takeBack = createRoute({
  method: "delete",
  path: "/api/v1/invitations/{id}",
  summary: "Take an open invitation back",
  request: { params },
  responses: { 200: done, ...refusals(403, 404) },
});

/** Adds people and their invitations. */
export function addPeopleRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listPeople(ctx, { limit, cursor }), 200);
  });
  api.openapi(setRoleRoute, async (c) => {
    const { role, reason = null } = c.req.valid("json");
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await setRole(ctx, { id: c.req.valid("param").id, role, reason, actor });
    return c.json({ done: true as const }, 200);
  });
  api.openapi(remove, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await removePerson(ctx, { id: c.req.valid("param").id, actor });
    return c.json({ done: true as const }, 200);
  });
  api.openapi(listInvited, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listInvitations(ctx, { limit, cursor }), 200);
  });
  api.openapi(inviteRoute, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    return c.json(await invitePerson(ctx, { ...c.req.valid("json"), actor }), 201);
  });
  api.openapi(takeBack, async (c) => {
    const actor = actorOf(ctx, c.get("principal"), c.req.raw);
    await revokeInvitation(ctx, { id: c.req.valid("param").id, actor });
    return c.json({ done: true as const }, 200);
  });
}
