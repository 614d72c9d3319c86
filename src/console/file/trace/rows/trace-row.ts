/**
 * - `run`: all of one ingestion
 * - `fan-out`: what was done many times at one place (the shards of a step, equal calls), folded into one
 * - `step`: one shard of a step that has no attempt yet, or several
 * - `span`: one span; an only attempt stands for its step
 */
type RowKind = "run" | "fan-out" | "step" | "span";

/** What a folded fan-out says of its members. */
export interface FanOut {
  readonly count: number;
  readonly failed: readonly TraceRow[];
  readonly underWay: number;
  /** Members that took more than one attempt. */
  readonly retried: number;
  readonly slowest: TraceRow;
}

/** A row of the waterfall. */
export interface TraceRow {
  readonly kind: RowKind;
  /** Names the row for as long as the trace grows: "2", "2.extract", "2.extract.3", or the span's id. */
  readonly key: string;
  readonly name: string;
  /** What tells it from others of its name: "3", "4 attempts"; may be empty. */
  readonly note: string;
  /** The place of its own span in the table; -1 when it has none. */
  readonly span: number;
  /** The places of the spans that are drawn in it, by start: its own, and the waits before it. */
  readonly segments: readonly number[];
  /** In ms since the origin; `endMs` is infinite while it goes on. */
  readonly startMs: number;
  readonly endMs: number;
  /** When its first attempt began; infinite before. The same as `startMs` where nothing is attempted. */
  readonly begunMs: number;
  /** Time spent working, waits left out; of what is closed. */
  readonly workMs: number;
  readonly failed: boolean;
  readonly attempts: number;
  readonly fanOut: FanOut | null;
  /** The row's place among all rows, that of the row above it (-1 for a run), and the rows below it. */
  readonly at: number;
  readonly parentAt: number;
  readonly below: number;
  readonly depth: number;
  /** 1 for the first of its siblings. */
  readonly place: number;
  readonly siblings: number;
  /** Whether a fan-out is somewhere above it. */
  readonly inFanOut: boolean;
}

/** The rows of a file's traces, all open; a run's row comes before what is below it. */
export interface TraceRows {
  readonly rows: readonly TraceRow[];
  /** The row that shows the span at a place of the table. */
  readonly rowOfSpan: Int32Array;
  readonly rowOfKey: ReadonlyMap<string, number>;
}

/** A row while the rows are built. */
export type RowDraft = { -readonly [Key in keyof TraceRow]: TraceRow[Key] } & { children: RowDraft[] };

/** Most rows have nothing below them; a draft's children are replaced, never added to. */
const childless: RowDraft[] = [];

/** A draft of a row that stands nowhere yet. */
export function draftRow(own: Pick<RowDraft, "kind" | "key" | "name"> & Partial<RowDraft>): RowDraft {
  return {
    note: "",
    span: -1,
    segments: [],
    startMs: 0,
    endMs: 0,
    begunMs: own.startMs ?? 0,
    workMs: 0,
    failed: false,
    attempts: 0,
    fanOut: null,
    at: -1,
    parentAt: -1,
    below: 0,
    depth: 0,
    place: 1,
    siblings: 1,
    inFanOut: false,
    children: childless,
    ...own,
  };
}
