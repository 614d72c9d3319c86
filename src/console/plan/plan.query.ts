import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Exclusion } from "../../db/requeue-states.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { planFileSchema, planViewSchema } from "../../triage/plans/plan-view.ts";
import { getJson } from "../api-client.ts";

/** How often a plan that waits is held against the world, in ms. */
const waitingMs = 5_000;
const pageSize = 50;

/** One plan; read again until somebody carries it out, as the world goes on meanwhile. */
export function planQuery(id: string) {
  return queryOptions({
    queryKey: ["plans", id],
    queryFn: ({ signal }) => getJson(`/api/v1/plans/${encodeURIComponent(id)}`, planViewSchema, { signal }),
    refetchInterval: ({ state }) => (state.data?.requeueId === null ? waitingMs : false),
  });
}

/** One page of the files of a plan, which never change. */
export function planFilesQuery(id: string, asked: { excluded: Exclusion | null; cursor: string | null }) {
  return queryOptions({
    queryKey: ["plans", id, "files", asked],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/plans/${encodeURIComponent(id)}/files`, listOf(planFileSchema), {
        query: { ...asked, limit: pageSize },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
