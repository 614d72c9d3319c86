import type { Read } from "../../../triage/overview/overview-view.ts";
import { TimeChart } from "../../charts/time-chart.tsx";
import { formatCapped, formatCount } from "../../format/count.ts";
import { formatDuration } from "../../format/duration.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { useTimeChoice } from "../../time/time-zone.tsx";
import { doneChart, paceText, perMinuteText } from "./throughput.model.ts";
import { Figure, Tile, TileNote } from "./tile.tsx";

const chartHeight = 132;

/** What is under way, and for how long. */
export function BacklogTile({ part }: { part: Read<"backlog"> | null }) {
  return (
    <Tile
      title="Under way"
      href="/files?status=queued,running,held"
      size="small"
      part={part}
      figure={({ files, capped }) => (
        <Figure value={formatCapped(files, capped)} unit={files === 1 ? "file" : "files"} />
      )}
    >
      {({ held, capped, oldestAt }) => (
        <>
          <TileNote>
            {oldestAt === null ? (
              "Nothing waits."
            ) : (
              <>
                The oldest began <MomentText at={oldestAt} />.
              </>
            )}
          </TileNote>
          {held > 0 && <TileNote>{formatCapped(held, capped)} of them are held.</TileNote>}
        </>
      )}
    </Tile>
  );
}

/** How many files are done, hour by hour. */
export function ThroughputTile({ part }: { part: Read<"throughput"> | null }) {
  const { timeZone } = useTimeChoice();
  return (
    <Tile
      title="Throughput"
      href="/dashboards"
      size="wide"
      part={part}
      figure={({ perMinute }) => (
        <Figure value={perMinuteText(perMinute)} unit="files done a minute in the last hour" />
      )}
    >
      {(throughput) => (
        <>
          <TileNote>{paceText(throughput)}</TileNote>
          <TimeChart
            label="Files that ended, by hour"
            data={doneChart(throughput)}
            unit="count"
            shape="bars"
            timeZone={timeZone}
            height={chartHeight}
            emptyText="No file ended in the last 24 hours."
          />
        </>
      )}
    </Tile>
  );
}

/** How long it takes until a file can be searched. */
export function SearchableTile({ part }: { part: Read<"searchable"> | null }) {
  return (
    <Tile
      title="Time to searchable"
      href="/dashboards"
      size="small"
      part={part}
      figure={({ p95Ms }) =>
        p95Ms === null ? (
          <Figure value="–" unit="" />
        ) : (
          <Figure value={formatDuration(p95Ms)} unit="or less for 95 of 100" />
        )
      }
    >
      {({ p50Ms, files }) => (
        <TileNote>
          {p50Ms === null
            ? "No file became searchable in the last 24 hours."
            : `Half take ${formatDuration(p50Ms)} or less. Of the newest ${formatCount(files)} of the last 24 hours.`}
        </TileNote>
      )}
    </Tile>
  );
}
