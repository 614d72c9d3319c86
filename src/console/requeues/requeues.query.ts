import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { isOver, type RequeueOutcome, type RequeueState } from "../../db/requeue-states.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import {
  requeueFileSchema,
  requeueSummarySchema,
  requeueViewSchema,
} from "../../triage/requeues/requeue-view.ts";
import { getJson } from "../api-client.ts";

/** How often what is under way is read again, and what rests, in ms. */
const underWayMs = 1_000;
const restingMs = 10_000;
const pageSize = 50;

/** One page of requeues, newest first; read again often while one of them is under way. */
export function requeuesQuery(asked: { state: readonly RequeueState[]; cursor: string | null }) {
  return queryOptions({
    queryKey: ["requeues", "list", asked],
    queryFn: ({ signal }) =>
      getJson("/api/v1/requeues", listOf(requeueSummarySchema), {
        query: { ...asked, limit: pageSize },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => !isOver(one.state) && one.state !== "paused") === true
        ? underWayMs
        : restingMs,
  });
}

/** One requeue with its progress and receipt. */
export function requeueQuery(id: string) {
  return queryOptions({
    queryKey: ["requeues", "one", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/requeues/${encodeURIComponent(id)}`, requeueViewSchema, { signal }),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || data.state === "paused") return restingMs;
      // What was sent goes on to its end after a requeue was ended, and the proof comes last.
      const settled = isOver(data.state) && data.counts.sent + data.counts.held === 0 && data.proof !== null;
      return settled ? false : underWayMs;
    },
  });
}

/** One page of the files of a requeue; `live`: they still change. */
export function requeueFilesQuery(
  id: string,
  asked: { outcome: RequeueOutcome | null; cursor: string | null },
  live: boolean,
) {
  return queryOptions({
    queryKey: ["requeues", "files", id, asked],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/requeues/${encodeURIComponent(id)}/files`, listOf(requeueFileSchema), {
        query: { ...asked, limit: pageSize },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? 2 * underWayMs : restingMs,
  });
}
