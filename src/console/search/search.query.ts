import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { searchHitSchema } from "../../pipeline/files/file-view.ts";
import { getJson } from "../api-client.ts";

const searchAnswer = z.object({ items: z.array(searchHitSchema) });

/** The chunks of a project that are nearest to a question. */
export function searchQuery(project: string, q: string) {
  return queryOptions({
    queryKey: ["search", project, q],
    queryFn: ({ signal }) =>
      getJson("/api/v1/search", searchAnswer, { query: { project, q, limit: 20 }, signal }),
    enabled: project !== "" && q !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
