import type { Read } from "../../../triage/overview/overview-view.ts";
import { HoursBars } from "../../failures/hours-bars.tsx";
import { causeOf } from "../../failures/list/failures.model.ts";
import { formatCapped, formatCount, formatCounted } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { StuckMark } from "../../stuck/stuck-mark.tsx";
import classes from "./failing-tiles.module.css";
import { Figure, Tile, TileNote, TileRow, TileRows } from "./tile.tsx";

/** What fails now, the worst first. */
export function FailuresTile({ part }: { part: Read<"failures"> | null }) {
  return (
    <Tile title="Failures" href="/failures" size="wide" part={part} figure={groupsFigure}>
      {({ top, open, groups }) =>
        top.length === 0 ? (
          <TileNote>
            {open > groups
              ? `Of ${formatCounted(open, "open group")} no file stands failed any more.`
              : "No file stands failed."}
          </TileNote>
        ) : (
          <TileRows>
            {top.map((group) => (
              <TileRow
                key={group.id}
                href={`/failures/${encodeURIComponent(group.id)}`}
                label={group.message}
                note={
                  <>
                    {causeOf(group)} · <MomentText at={group.lastSeenAt} />
                  </>
                }
              >
                <span className={classes.hours}>
                  <HoursBars hours={group.hours} label={group.message} />
                </span>
                <span className={classes.files}>{formatCounted(group.standing, "file")}</span>
              </TileRow>
            ))}
          </TileRows>
        )
      }
    </Tile>
  );
}

function groupsFigure({ groups, capped, files }: Read<"failures">) {
  if (groups === 0) return <Figure value="0" unit="groups fail" />;
  const words = groups === 1 && !capped ? "group" : "groups";
  return (
    <Figure
      value={formatCapped(groups, capped)}
      unit={`${words}, ${formatCapped(files, capped)} ${files === 1 ? "file stands" : "files stand"} failed`}
      tone="bad"
    />
  );
}

/** What does not go on, by reason. */
export function StuckTile({ part }: { part: Read<"stuck"> | null }) {
  return (
    <Tile
      title="Stuck"
      href="/stuck"
      size="tall"
      part={part}
      figure={({ steps, capped }) => (
        <Figure
          value={formatCapped(steps, capped)}
          unit={steps === 1 ? "step" : "steps"}
          tone={steps > 0 ? "wait" : undefined}
        />
      )}
    >
      {({ reasons }) =>
        reasons.length === 0 ? (
          <TileNote>Every step goes on as steps of its kind do.</TileNote>
        ) : (
          <TileRows>
            {reasons.map(({ reason, steps, since }) => (
              <TileRow
                key={reason}
                href={`/stuck?reason=${reason}`}
                label={<StuckMark reason={reason} />}
                note={
                  <>
                    first <MomentText at={since} />
                  </>
                }
              >
                {formatCount(steps)}
              </TileRow>
            ))}
          </TileRows>
        )
      }
    </Tile>
  );
}
