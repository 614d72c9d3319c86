import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { systemClock } from "../../kernel/clock.ts";
import { listOf } from "../../pipeline/files/file-view.ts";
import { commonViewSchema } from "../../triage/failures/common-view.ts";
import {
  failedFileSchema,
  failureSummarySchema,
  failureViewSchema,
} from "../../triage/failures/failure-view.ts";
import type { Trait } from "../../triage/failures/file-traits.ts";
import { noteViewSchema } from "../../triage/failures/notes/note-view.ts";
import { shortestPart, splitPreviewSchema } from "../../triage/failures/regroup/split-preview.ts";
import { getJson, type Query } from "../api-client.ts";
import { type FailuresFilters, sinceOf } from "./list/failures-filters.ts";

/** Which of a group's files are listed. */
interface FilesAsked {
  readonly standing: boolean;
  readonly trait: Trait | null;
  readonly cursor: string | null;
}

const refreshMs = 5_000;
const groupList = listOf(failureSummarySchema);
const noteList = listOf(noteViewSchema);
const fileList = listOf(failedFileSchema);

/** What the API is asked for the list with. */
export function failuresQueryOf({ since, ...rest }: FailuresFilters): Query {
  return { ...rest, since: sinceOf(since, systemClock.now()) };
}

/** One page of failure groups, read again while it is looked at. */
export function failuresQuery(filters: FailuresFilters) {
  return queryOptions({
    queryKey: ["failures", "list", filters],
    queryFn: ({ signal }) => {
      const query = { ...failuresQueryOf(filters), limit: 50 };
      return getJson("/api/v1/failures", groupList, { query, signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

/** One failure group. */
export function failureQuery(id: string) {
  return queryOptions({
    queryKey: ["failures", "group", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/failures/${encodeURIComponent(id)}`, failureViewSchema, { signal }),
    refetchInterval: refreshMs,
  });
}

/**
 * What a group's files have in common. It compares thousands of files: read once, and again only when asked to, so its
 * key stands apart from those which each action has read again.
 */
export function commonQuery(id: string) {
  return queryOptions({
    queryKey: ["failure-common", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/failures/${encodeURIComponent(id)}/common`, commonViewSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What narrows a group's files, as the API takes it. */
export function groupFilesQueryOf({ standing, trait }: Pick<FilesAsked, "standing" | "trait">) {
  return { standing: standing ? "true" : null, ...trait };
}

/** One page of the files that stand failed by a group, or of all to which it has happened. */
export function groupFilesQuery(id: string, asked: FilesAsked) {
  return queryOptions({
    queryKey: ["failures", "files", id, asked],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/failures/${encodeURIComponent(id)}/files`, fileList, {
        query: { ...groupFilesQueryOf(asked), cursor: asked.cursor, limit: 50 },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

/** The newest notes of a group. */
export function notesQuery(id: string) {
  return queryOptions({
    queryKey: ["failures", "notes", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/failures/${encodeURIComponent(id)}/notes`, noteList, {
        query: { limit: 100 },
        signal,
      }),
    refetchInterval: refreshMs,
  });
}

/** Groups of any state into which one could be merged, those that failed last first. */
export function mergeTargetsQuery(q: string) {
  return queryOptions({
    queryKey: ["failures", "merge-targets", q],
    queryFn: ({ signal }) =>
      getJson("/api/v1/failures", groupList, { query: { q: q.trim(), limit: 7 }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What a split by this part of the sentence would do. */
export function splitPreviewQuery(id: string, contains: string) {
  return queryOptions({
    queryKey: ["failures", "split", id, contains],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/failures/${encodeURIComponent(id)}/split`, splitPreviewSchema, {
        query: { contains },
        signal,
      }),
    enabled: contains.length >= shortestPart,
    placeholderData: keepPreviousData,
  });
}
