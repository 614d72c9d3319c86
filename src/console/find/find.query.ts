import { queryOptions } from "@tanstack/react-query";
import { foundPlacesSchema } from "../../pipeline/find/found-view.ts";
import { getJson } from "../api-client.ts";

/** Where an id, or a part of a file's name, leads to; asked for when there is something to look for. */
export function findQuery(id: string) {
  return queryOptions({
    queryKey: ["find", id],
    queryFn: ({ signal }) => getJson("/api/v1/find", foundPlacesSchema, { query: { id }, signal }),
    enabled: id !== "",
  });
}
