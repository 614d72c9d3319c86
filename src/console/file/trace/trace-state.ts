import { createParser, parseAsArrayOf, parseAsString } from "nuqs/server";

/** What is in sight, in ms since the beginning of the file's time line. */
export interface ZoomedTo {
  readonly fromMs: number;
  readonly toMs: number;
}

const parseAsZoom = createParser<ZoomedTo>({
  parse(text) {
    const [fromMs, toMs] = text.split("~").map(Number);
    if (fromMs === undefined || toMs === undefined || !(fromMs < toMs)) return null;
    return { fromMs, toMs };
  },
  serialize: ({ fromMs, toMs }) => `${shortest(fromMs)}~${shortest(toMs)}`,
  eq: (a, b) => a.fromMs === b.fromMs && a.toMs === b.toMs,
});

/** What of the waterfall stands in the address, besides the run and the tab. */
export const traceState = {
  /** The span, or the key of the row, whose details are open. */
  span: parseAsString,
  /** What is in sight; null: everything. */
  zoom: parseAsZoom,
  /** Rows that are folded or open against the rule; "*" first when everything is open. */
  folds: parseAsArrayOf(parseAsString, "~").withDefault([]),
  /** What is searched for. */
  find: parseAsString.withDefault(""),
};

/** To the microsecond. */
function shortest(ms: number): string {
  return String(Math.round(ms * 1000) / 1000);
}
