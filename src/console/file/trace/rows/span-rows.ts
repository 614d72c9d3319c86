import type { SpanTable } from "../spans/span-table.model.ts";
import { closedMs, extentOf } from "./extent.ts";
import { fanOutRow } from "./fan-out-row.ts";
import { draftRow, type RowDraft } from "./trace-row.ts";

/** More siblings of one name than this are folded into one. */
const siblingsShown = 8;

/** Collects the spans that have a row each, by their parents. */
export interface SpanRows {
  add(place: number, parent: number): void;
  /** The rows below the span at this place. Call it when all are added. */
  below(place: number): RowDraft[];
  /** Rows for spans that stand below something else than a span. */
  rowsOf(parentKey: string, places: readonly number[]): RowDraft[];
}

/** @param table the spans that places point into */
export function createSpanRows(table: SpanTable): SpanRows {
  const childrenOf = new Map<number, number[]>();
  const below = (place: number): RowDraft[] =>
    fold(table, table.spans[place]?.spanId ?? "", (childrenOf.get(place) ?? []).map(row));
  const made = new Map<number, RowDraft>();
  const row = (place: number): RowDraft => {
    const draft = made.get(place) ?? spanRow(table, place);
    made.set(place, draft);
    return draft;
  };
  let linked = false;
  // Not by recursion, as a trace may be nested deeper than calls may be.
  const linkAll = () => {
    if (linked) return;
    linked = true;
    for (const parent of childrenOf.keys()) row(parent).children = below(parent);
  };
  return {
    add(place, parent) {
      const siblings = childrenOf.get(parent);
      if (siblings === undefined) childrenOf.set(parent, [place]);
      else siblings.push(place);
    },
    below(place) {
      linkAll();
      return childrenOf.has(place) ? row(place).children : [];
    },
    rowsOf(parentKey, places) {
      linkAll();
      return fold(table, parentKey, places.map(row));
    },
  };
}

/** Many of one name become one. */
function fold(table: SpanTable, parentKey: string, rows: RowDraft[]): RowDraft[] {
  if (rows.length <= siblingsShown) return rows;
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, members]) =>
    members.length > siblingsShown
      ? [fanOutRow(table, { key: `${parentKey}.${name}`, name }, members)]
      : members,
  );
}

function spanRow(table: SpanTable, place: number): RowDraft {
  const span = table.spans[place];
  return draftRow({
    kind: "span",
    key: span?.spanId ?? "",
    name: span?.name ?? "",
    note: noteOf(span),
    span: place,
    segments: [place],
    failed: span?.status === "error",
    ...extentOf(table, [place]),
    workMs: closedMs(table, place),
  });
}

/** Which step a wait is for that stands by itself. */
function noteOf(span: SpanTable["spans"][number] | undefined): string {
  if (span === undefined || span.waitReason === null || span.step === null) return "";
  return span.name.includes(span.step) ? "" : span.step;
}
