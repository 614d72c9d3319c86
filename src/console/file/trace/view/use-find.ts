import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { findHits } from "../rows/find-hits.model.ts";
import { traceSearchQuery } from "../trace.query.ts";
import type { TraceModel } from "./use-trace-model.ts";

/** What a word is found in. */
export interface Found {
  readonly hits: Int32Array;
  /** The server found more than it tells of. */
  readonly capped: boolean;
  /** Attributes are still being searched. */
  readonly searching: boolean;
}

const none: readonly string[] = [];

/** Searches what is in the page at once, and the attributes on the server a moment later. */
export function useFind(fileId: string, model: TraceModel, word: string): Found {
  const deferred = useDeferredValue(word);
  const [settled] = useDebouncedValue(word.trim(), 250);
  const answer = useQuery(traceSearchQuery(fileId, settled));
  const found = settled === word.trim() ? (answer.data?.spanIds ?? none) : none;
  const hits = useMemo(() => findHits(model.table, model.tree, deferred, found), [model, deferred, found]);
  return {
    hits,
    capped: answer.data?.capped ?? false,
    searching: word.trim() !== "" && (answer.isFetching || settled !== word.trim()),
  };
}
