import { queryOptions } from "@tanstack/react-query";
import { listOf } from "../../pipeline/files/file-view.ts";
import { type ProjectView, projectViewSchema } from "../../pipeline/projects/project-view.ts";
import { getJson, sendJson } from "../api-client.ts";

const projectList = listOf(projectViewSchema);

/** All projects, in the order of the API. */
export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: async ({ signal }): Promise<ProjectView[]> => {
    const page = await getJson("/api/v1/projects", projectList, { query: { limit: 100 }, signal });
    return page.items;
  },
  staleTime: 30_000,
});

/** @throws ApiError project_exists, malformed_request */
export function createProject(slug: string): Promise<ProjectView> {
  return sendJson("POST", "/api/v1/projects", { slug }, projectViewSchema);
}
