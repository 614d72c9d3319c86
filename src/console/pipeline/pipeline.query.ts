import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { systemClock } from "../../kernel/clock.ts";
import { type FileStatus, listOf } from "../../pipeline/files/file-view.ts";
import {
  graphVersionSchema,
  oneGraphVersionSchema,
  stepFiguresSchema,
  versionRunSchema,
} from "../../triage/graph-versions/graph-version-view.ts";
import { getJson } from "../api-client.ts";
import { type LiveRange, spanQuery } from "../dashboards/shown-time.model.ts";
import type { RunKind } from "./pipeline-state.ts";

const refreshMs = 15_000;
const versionList = listOf(graphVersionSchema);
const runList = listOf(versionRunSchema);
const figures = z.object({ from: z.string(), to: z.string(), items: z.array(stepFiguresSchema) });
// What could not be read once is read again when asked to: an error must not come and go by itself.
const refetchInterval = ({ state }: { state: { data: unknown } }) =>
  state.data === undefined ? false : refreshMs;

/** The versions of the graph, the newest first: the first fifty of them. */
export const graphVersionsQuery = queryOptions({
  queryKey: ["graph-versions"],
  queryFn: ({ signal }) => getJson("/api/v1/graph-versions", versionList, { query: { limit: 50 }, signal }),
  refetchInterval,
});

/** One version with its steps, which never change. */
export function graphVersionQuery(version: number) {
  return queryOptions({
    queryKey: ["graph-versions", version],
    queryFn: ({ signal }) => getJson(`/api/v1/graph-versions/${version}`, oneGraphVersionSchema, { signal }),
    staleTime: 300_000,
  });
}

/** What each step came to in the time until now. */
export function stepFiguresQuery(range: LiveRange) {
  return queryOptions({
    queryKey: ["step-figures", range],
    queryFn: ({ signal }) =>
      getJson("/api/v1/step-figures", figures, {
        query: spanQuery({ kind: "live", range }, systemClock.now()),
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

const statusesOf: Readonly<Record<RunKind, readonly FileStatus[]>> = {
  all: [],
  "under-way": ["queued", "running", "held"],
  succeeded: ["succeeded"],
  failed: ["failed"],
  cancelled: ["cancelled"],
};

/** What narrows a version's runs, as the API takes it. */
export function versionRunsQueryOf(kind: RunKind) {
  return { status: statusesOf[kind] };
}

/** One page of a version's runs. */
export function versionRunsQuery(version: number, kind: RunKind, cursor: string | null) {
  const query = { ...versionRunsQueryOf(kind), cursor, limit: 25 };
  return queryOptions({
    queryKey: ["graph-versions", version, "runs", query],
    queryFn: ({ signal }) => getJson(`/api/v1/graph-versions/${version}/runs`, runList, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
