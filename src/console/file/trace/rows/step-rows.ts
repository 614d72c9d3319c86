import { isWait } from "../spans/span-look.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import { byStart, closedMs, extentOf } from "./extent.ts";
import { fanOutRow } from "./fan-out-row.ts";
import type { SpanRows } from "./span-rows.ts";
import { draftRow, type RowDraft } from "./trace-row.ts";

/** Collects the spans of each shard of each step of a run, and makes their rows. */
export interface StepRows {
  /** Takes the span at this place: an attempt, a wait or a message of a step. */
  add(place: number, step: string, shard: number): void;
  /** One row for each step, or a fan-out of its shards. */
  rows(): RowDraft[];
}

/**
 * @param below the rows of the spans inside the attempts
 * @param rounds the round of each attempt's span; empty where there was but one
 */
export function createStepRows(
  table: SpanTable,
  runKey: string,
  below: SpanRows,
  rounds: ReadonlyMap<string, number>,
): StepRows {
  const steps = new Map<string, Map<number, number[]>>();
  return {
    add(place, step, shard) {
      const shards = steps.get(step) ?? new Map<number, number[]>();
      steps.set(step, shards);
      const places = shards.get(shard);
      if (places === undefined) shards.set(shard, [place]);
      else places.push(place);
    },
    rows() {
      return [...steps].map(([step, shards]) => {
        const key = `${runKey}.${step}`;
        const members = [...shards].map(([shard, places]) =>
          stepRow(table, { key: `${key}.${shard}`, step, places, below, rounds, shard, of: shards.size }),
        );
        const [only] = members;
        return only !== undefined && members.length === 1
          ? only
          : fanOutRow(table, { key, name: `process ${step}` }, members);
      });
    },
  };
}

function stepRow(
  table: SpanTable,
  input: {
    key: string;
    step: string;
    shard: number;
    of: number;
    places: number[];
    below: SpanRows;
    rounds: ReadonlyMap<string, number>;
  },
): RowDraft {
  const places = input.places.sort(byStart(table));
  const attempts = places.filter((place) => table.looks[place] === "step");
  const last = attempts.at(-1);
  const shardWord = input.of > 1 || input.shard > 0 ? String(input.shard + 1) : "";
  const row = draftRow({
    kind: attempts.length === 1 ? "span" : "step",
    key: input.key,
    name: `process ${input.step}`,
    note: shardWord,
    segments: places,
    attempts: attempts.length,
    failed: last !== undefined && table.spans[last]?.status === "error" && isLast(table, places, last),
    ...extentOf(table, places),
    begunMs: table.startMs[attempts[0] ?? -1] ?? Number.POSITIVE_INFINITY,
    workMs: attempts.reduce((sum, place) => sum + closedMs(table, place), 0),
  });
  if (last !== undefined && attempts.length === 1) {
    row.span = last;
    row.name = table.spans[last]?.name ?? row.name;
    row.children = input.below.below(last);
  } else {
    row.note = [shardWord, attempts.length > 1 ? `${attempts.length} attempts` : ""]
      .filter(Boolean)
      .join(" · ");
    row.children = attempts.map((place, at) =>
      attemptRow(table, place, { number: at + 1, rounds: input.rounds }, input.below.below(place)),
    );
  }
  return row;
}

/** A step that waits again after an attempt that failed has not failed. */
function isLast(table: SpanTable, places: readonly number[], attempt: number): boolean {
  const started = table.startMs[attempt] ?? 0;
  return !places.some((place) => {
    const look = table.looks[place];
    return look !== undefined && look !== "requeue" && isWait(look) && (table.startMs[place] ?? 0) > started;
  });
}

function attemptRow(
  table: SpanTable,
  place: number,
  of: { number: number; rounds: ReadonlyMap<string, number> },
  children: RowDraft[],
): RowDraft {
  const span = table.spans[place];
  const round = of.rounds.get(span?.spanId ?? "");
  return draftRow({
    kind: "span",
    key: span?.spanId ?? "",
    name: `attempt ${span?.attempt ?? of.number}`,
    note: [round === undefined ? "" : `round ${round}`, span?.name.endsWith("(lost)") ? "lost" : ""]
      .filter(Boolean)
      .join(" · "),
    span: place,
    segments: [place],
    attempts: 1,
    failed: span?.status === "error",
    ...extentOf(table, [place]),
    workMs: closedMs(table, place),
    children,
  });
}
