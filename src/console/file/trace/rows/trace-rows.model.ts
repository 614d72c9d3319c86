import { isWait } from "../spans/span-look.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import { extentOf } from "./extent.ts";
import { orderRows } from "./order-rows.ts";
import { parentPlaces } from "./parent-places.ts";
import { createSpanRows, type SpanRows } from "./span-rows.ts";
import { createStepRows, type StepRows } from "./step-rows.ts";
import { draftRow, type RowDraft, type TraceRows } from "./trace-row.ts";

/** A run of the file, as far as its row needs it. */
export interface TracedRun {
  readonly number: number;
  readonly traceId: string;
  readonly failed: boolean;
  readonly underWay: boolean;
  /** When it ended, in ms since the origin; left out where its spans tell it. */
  readonly endMs?: number;
  /** The round of each attempt's span; left out where there was but one. */
  readonly rounds?: ReadonlyMap<string, number>;
}

const oneRound: ReadonlyMap<string, number> = new Map();

interface RunDraft {
  readonly row: RowDraft;
  /** When the run ended, as far as the run itself says so. */
  readonly endMs: number | null;
  readonly steps: StepRows;
  /** Spans that stand right below the run. */
  readonly loose: number[];
}

/**
 * Lays the spans of all runs out as a tree. Attempts, waits and messages of a step share the row of its shard. A
 * span whose parent is not there (it has not ended yet, or was dropped) stands below its run, so that no span is
 * ever missing from the picture.
 */
export function buildTraceRows(table: SpanTable, runs: readonly TracedRun[]): TraceRows {
  const below = createSpanRows(table);
  const drafts = new Map<string, RunDraft>();
  const draftOf = (traceId: string): RunDraft => {
    let draft = drafts.get(traceId);
    if (draft === undefined) {
      draft = draftRun(table, traceId, runs, drafts.size, below);
      drafts.set(traceId, draft);
    }
    return draft;
  };
  for (const { traceId } of [...runs].sort((a, b) => a.number - b.number)) draftOf(traceId);

  const parents = parentPlaces(table);
  const ofSteps = placesOfSteps(table, parents);
  for (const [place, span] of table.spans.entries()) {
    const parent = parents[place] ?? -1;
    const draft = draftOf(span.traceId);
    if (ofSteps[place]) draft.steps.add(place, span.step ?? "", span.shard ?? 0);
    else if (parent === -1 && table.looks[place] === "run" && draft.row.span === -1) draft.row.span = place;
    // A wait has no row of its own, so nothing can stand below it.
    else if (isTop(table, parents, parent) || (ofSteps[parent] && table.looks[parent] !== "step"))
      draft.loose.push(place);
    else below.add(place, parent);
  }
  return orderRows(
    table,
    [...drafts.values()].map((draft) => finishRun(table, draft, below)),
  );
}

/** Which spans are an attempt, a wait or a message of a step: they are drawn in the row of its shard. */
function placesOfSteps(table: SpanTable, parents: Int32Array): Uint8Array {
  const found = new Uint8Array(table.spans.length);
  for (const [place, span] of table.spans.entries()) {
    const look = table.looks[place] ?? "other";
    if (span.step === null || !isTop(table, parents, parents[place] ?? -1)) continue;
    if (look === "step" || look === "message" || isWait(look)) found[place] = 1;
  }
  return found;
}

/** Whether what has this parent stands right below its run. */
function isTop(table: SpanTable, parents: Int32Array, parent: number): boolean {
  return parent === -1 || (table.looks[parent] === "run" && parents[parent] === -1);
}

function draftRun(
  table: SpanTable,
  traceId: string,
  runs: readonly TracedRun[],
  others: number,
  below: SpanRows,
): RunDraft {
  const run = runs.find((each) => each.traceId === traceId);
  const key = String(run?.number ?? others + 1);
  const row = draftRow({
    kind: "run",
    key,
    name: `Run ${key}`,
    failed: run?.failed ?? false,
    note: run?.rounds ? `${Math.max(...run.rounds.values())} rounds` : "",
    endMs: run?.underWay ? Number.POSITIVE_INFINITY : 0,
  });
  const steps = createStepRows(table, key, below, run?.rounds ?? oneRound);
  return { row, endMs: run?.endMs ?? null, steps, loose: [] };
}

function finishRun(table: SpanTable, { row, endMs, steps, loose }: RunDraft, below: SpanRows): RowDraft {
  row.children = [...steps.rows(), ...below.rowsOf(row.key, loose)];
  const own = row.span === -1 ? null : extentOf(table, [row.span]);
  row.startMs = own?.startMs ?? Number.POSITIVE_INFINITY;
  row.endMs = Math.max(row.endMs, own?.endMs ?? 0);
  for (const child of row.children) {
    row.startMs = Math.min(row.startMs, child.startMs);
    row.endMs = Math.max(row.endMs, child.endMs);
    row.workMs += child.workMs;
    row.attempts += child.attempts;
  }
  if (!Number.isFinite(row.startMs)) row.startMs = 0;
  // A delivery says goodbye after it has ended the run; that moment is no part of the run.
  if (endMs !== null) row.endMs = Math.max(row.startMs, endMs);
  return row;
}
