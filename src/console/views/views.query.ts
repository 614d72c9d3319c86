import { queryOptions } from "@tanstack/react-query";
import { listOf } from "../../pipeline/files/file-view.ts";
import { savedViewSchema } from "../../triage/views/view-view.ts";
import { getJson } from "../api-client.ts";

/** Most that the menu and the palette show. */
const mostViews = 500;

const viewList = listOf(savedViewSchema);

/** The reader's own views and the shared ones, of all pages. They seldom change. */
export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: async ({ signal }) =>
    (await getJson("/api/v1/views", viewList, { query: { limit: mostViews }, signal })).items,
  staleTime: 60_000,
});
