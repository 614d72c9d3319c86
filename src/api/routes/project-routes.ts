import { createRoute } from "@hono/zod-openapi";
import { listOf } from "../../pipeline/files/file-view.ts";
import { createProject } from "../../pipeline/projects/create-project.ts";
import { listProjects } from "../../pipeline/projects/list-projects.ts";
import { newProjectSchema, projectViewSchema } from "../../pipeline/projects/project-view.ts";
import { json, refusals } from "../answers.ts";
import type { Api } from "../api.ts";
import type { ApiContext } from "../context.ts";
import { jsonBody } from "../deed-request.ts";
import { pageQuery } from "../page-query.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/projects",
  summary: "Projects by their slug",
  request: { query: pageQuery({ default: 100, max: 100 }) },
  responses: { 200: json(listOf(projectViewSchema), "A page of projects"), ...refusals(400) },
});

const create = createRoute({
  method: "post",
  path: "/api/v1/projects",
  summary: "Makes a project",
  request: { body: jsonBody(newProjectSchema) },
  responses: { 201: json(projectViewSchema, "The new project"), ...refusals(400, 403, 409) },
});

/** Adds the projects: list and create. */
export function addProjectRoutes(api: Api, ctx: ApiContext): void {
  api.openapi(list, async (c) => {
    const { limit, cursor = null } = c.req.valid("query");
    return c.json(await listProjects(ctx, { limit, cursor }), 200);
  });
  api.openapi(create, async (c) => c.json(await createProject(ctx, c.req.valid("json")), 201));
}
