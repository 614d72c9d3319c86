"use client";

import { useHotkeys } from "@mantine/hooks";
import {
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

interface Live {
  /** True while the figures stand still. */
  readonly still: boolean;
  readonly turn: () => void;
}

const LiveContext = createContext<Live | null>(null);

/**
 * Lets a reader hold all figures still, on every page until told otherwise or loaded anew; the key l does it. What
 * somebody does themselves is shown all the same.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [still, setStill] = useState(false);
  const live = useMemo(
    () => ({
      still,
      turn: () => {
        setStill(!still);
        if (still) void queries.refetchQueries({ type: "active", stale: true });
      },
    }),
    [still, queries],
  );
  useHotkeys([["l", live.turn]]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/**
 * Whether the figures stand still, and what turns it.
 * @throws TypeError outside of LiveProvider
 */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new TypeError("useLive needs a LiveProvider above it.");
  return live;
}

const heldStill = { refetchInterval: false, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;
const goingOn = {};

/** What a query has beside its own options, so that it is not read again by itself while the figures stand still. */
export function useStill(): typeof heldStill | typeof goingOn {
  return useLive().still ? heldStill : goingOn;
}

/** Reads what a page shows, and reads it again as the query says unless the reader holds it still. */
export function useLiveQuery<Data, Key extends QueryKey>(
  query: UseQueryOptions<Data, Error, Data, Key>,
): UseQueryResult<Data, Error> {
  return useQuery({ ...query, ...useStill() });
}
