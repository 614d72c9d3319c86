import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FileView } from "../../../../pipeline/files/file-view.ts";
import type { FileTime } from "../../../../pipeline/time/time-view.ts";
import { useStill } from "../../../page/live.tsx";
import { fileTimeQuery } from "../../time/time.query.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import type { Band, BandStretch } from "../time/bar-pieces.model.ts";
import { criticalPlaces } from "../time/critical-places.model.ts";

/** A file may have been requeued many times; the older runs are drawn without it. */
const mostRuns = 10;

/** What the server says of the time of the runs. */
export interface RunTimes {
  /** What the time of each run went to, by the run's key, in ms since the origin. */
  readonly stretches: ReadonlyMap<string, readonly BandStretch[]>;
  /** 1 at the place of each span that is on the critical path of its run. */
  readonly critical: Uint8Array;
}

/** Reads where the time of each run went, for what the waterfall marks by it. */
export function useRunTimes(file: FileView, table: SpanTable): RunTimes {
  const still = useStill();
  const { stretches, path } = useQueries({
    queries: file.runHistory.slice(0, mostRuns).map((run) => ({ ...fileTimeQuery(file.id, run), ...still })),
    combine: useCombined(table.originMs),
  });
  return useMemo(() => ({ stretches, critical: criticalPlaces(table, path) }), [stretches, table, path]);
}

function useCombined(originMs: number) {
  return useMemo(
    () => (answers: readonly { data: FileTime | undefined }[]) => {
      const times = answers.flatMap(({ data }) => data ?? []);
      return {
        stretches: new Map(times.map((time) => [String(time.run), stretchesOf(time, originMs)])),
        path: times.flatMap(({ criticalPath }) => criticalPath.flatMap(({ spanIds }) => spanIds)),
      };
    },
    [originMs],
  );
}

function stretchesOf({ finished, intervals }: FileTime, originMs: number): BandStretch[] {
  return intervals.map((interval, at) => ({
    band: bandOf(interval),
    startMs: interval.startMs - originMs,
    // What went on when a run under way was asked about goes on until it is asked about again.
    endMs: finished || at < intervals.length - 1 ? interval.endMs - originMs : Number.POSITIVE_INFINITY,
  }));
}

function bandOf({ kind, reason }: FileTime["intervals"][number]): Band {
  if (kind === "work") return "step";
  return kind === "held" && reason === "requeue" ? "requeue" : kind;
}
