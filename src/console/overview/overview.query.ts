import { queryOptions } from "@tanstack/react-query";
import { overviewSchema } from "../../triage/overview/overview-view.ts";
import { getJson } from "../api-client.ts";

/** All at a glance; the sidebar of every page reads it too, for its counts. */
export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => getJson("/api/v1/overview", overviewSchema, { signal }),
  refetchInterval: 5_000,
});
