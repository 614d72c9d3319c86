import { durationWords, fanOutWords, workWords } from "../rows/row-words.ts";
import type { TraceRow } from "../rows/trace-row.ts";
import {
  type Band,
  type BandEdges,
  type BandStretch,
  barPieces,
  criticalEdges,
  spanBands,
  stretchBands,
} from "../time/bar-pieces.model.ts";
import { covers, namedGaps, stretchesOf } from "../time/named-gaps.model.ts";
import { placeLength } from "../time/place-length.ts";
import { type Scale, toPx } from "../time/scale.ts";
import looks from "./looks.module.css";
import classes from "./row-bars.module.css";
import { CriticalLine, GapNames } from "./row-marks.tsx";
import type { TraceModel } from "./use-trace-model.ts";

/** A row with more spans than this draws them as bands; each span on its own could not be told anyway. */
const mostBars = 24;

/** The bars of a row, and its length in words. */
export function RowBars(props: {
  row: TraceRow;
  model: TraceModel;
  scale: Scale;
  /** The span whose details are open; -1 for none. */
  chosenPlace: number;
  /** 1 at the place of each span that is on the critical path. */
  critical: Uint8Array;
  stretches: readonly BandStretch[] | undefined;
}) {
  const { row, model, scale } = props;
  const { table } = model;
  const leftPx = toPx(scale, row.startMs);
  const rightPx = Math.max(toPx(scale, row.endMs), leftPx + 2);
  const asBands = row.kind === "fan-out" || row.segments.length > mostBars;
  const away = rightPx < 0 || leftPx > scale.widthPx;
  const length = placeLength({ leftPx, rightPx, widthPx: scale.widthPx }, lengthWordings(row, model));
  const gaps = asBands ? [] : namedGaps(props.stretches ?? stretchesOf(table, row.segments), scale);
  return (
    <>
      {row.kind === "run" && (
        <Outline leftPx={leftPx} rightPx={rightPx} widthPx={scale.widthPx} failed={row.failed} />
      )}
      {row.kind === "run" && props.stretches && (
        <Bands edges={stretchBands(props.stretches, scale)} widthPx={scale.widthPx} />
      )}
      {asBands && <Bands edges={spanBands(table, row.segments, scale)} widthPx={scale.widthPx} />}
      {!asBands &&
        barPieces(table, row.segments, scale).map((piece) => (
          <span
            key={piece.place}
            className={`${looks.look} ${classes.bar}`}
            data-place={piece.place}
            data-look={piece.look}
            data-failed={piece.failed}
            data-open={piece.open}
            data-chosen={piece.place === props.chosenPlace}
            style={{ left: piece.leftPx, width: piece.widthPx }}
          />
        ))}
      {row.kind !== "run" && (
        <CriticalLine edges={criticalEdges(table, row.segments, props.critical, scale)} />
      )}
      {!asBands && <GapNames gaps={gaps.filter((gap) => !covers(length, gap))} />}
      {away ? (
        <Away before={rightPx < 0} />
      ) : (
        <span
          className={classes.length}
          data-inside={length.inside}
          data-failed={row.failed}
          style={length.style}
        >
          {length.words}
        </span>
      )}
    </>
  );
}

function Outline(props: { leftPx: number; rightPx: number; widthPx: number; failed: boolean }) {
  const left = Math.max(props.leftPx, -4);
  const right = Math.min(props.rightPx, props.widthPx + 4);
  if (right < left) return null;
  return (
    <span className={classes.outline} data-failed={props.failed} style={{ left, width: right - left }} />
  );
}

/** From what lies lowest. */
const bandOrder: readonly Band[] = [
  "requeue",
  "siblings",
  "queue",
  "backoff",
  "flow-control",
  "held",
  "message",
  "other",
  "blob",
  "document",
  "model",
  "vector",
  "step",
  "failed",
  "unexplained",
];
const flat: ReadonlySet<Band> = new Set(["failed"]);
const thin: ReadonlySet<Band> = new Set(["requeue", "siblings", "queue", "backoff", "flow-control", "held"]);

function Bands({ edges, widthPx }: { edges: BandEdges; widthPx: number }) {
  return (
    <svg className={classes.bands} width={widthPx} height={12} aria-hidden="true">
      {bandOrder.map((band) => {
        const found = edges.get(band);
        return found && <path key={band} className={looks.look} data-look={band} d={pathOf(found, band)} />;
      })}
    </svg>
  );
}

function pathOf(edges: readonly number[], band: Band): string {
  const [top, height] = flat.has(band) ? [9.5, 2.5] : thin.has(band) ? [3.5, 5] : [1, 10];
  let path = "";
  for (let at = 0; at + 1 < edges.length; at += 2) {
    const left = edges[at] ?? 0;
    const width = (edges[at + 1] ?? left) - left;
    path += `M${left.toFixed(1)} ${top}h${width.toFixed(1)}v${height}h${(-width).toFixed(1)}z`;
  }
  return path;
}

/** The words of a row's length: with what else is to be said of it, where there is room, and without. */
function lengthWordings(row: TraceRow, { table, nowMs }: TraceModel): [string, ...string[]] {
  const duration = durationWords(row, table, nowMs);
  const more = row.fanOut ? fanOutWords(row.fanOut) : workWords(row, table);
  return more === "" ? [duration] : [`${duration}, ${more}`, duration];
}

/** Stands for a bar that is out of sight, and brings it back. */
function Away({ before }: { before: boolean }) {
  return (
    <span className={classes.away} data-before={before} data-show="true" title="Bring it into sight">
      {before ? "◂" : "▸"}
    </span>
  );
}
