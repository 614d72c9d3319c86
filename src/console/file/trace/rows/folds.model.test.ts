import { expect, test } from "vitest";
import { sampleTrace } from "../../../../../tests/support/console/sample-trace.ts";
import { tabulate } from "../spans/span-table.model.ts";
import { byRule, foldsOfWords, foldsToWords, isOpen, openAbove, seenRows, setOpen } from "./folds.model.ts";
import { findNamed, nameOf, seenPlace } from "./row-place.ts";
import { buildTraceRows } from "./trace-rows.model.ts";

const { spans, file } = sampleTrace(400);
const table = tabulate(spans);
const tree = buildTraceRows(
  table,
  file.runHistory.map(({ number, traceId }) => ({ number, traceId, failed: false, underWay: false })),
);
const { rows } = tree;
const at = (key: string) => findNamed(table, tree, key)?.at ?? -1;
const rowOf = (key: string) => {
  const row = rows[at(key)];
  if (row === undefined) throw new TypeError(`no row ${key}`);
  return row;
};

test("a step of a run is found by its name, whether it fanned out or not", () => {
  expect(rows[at("2.extract")]?.key).toBe("2.extract");
  expect(rows[at("2.inspect")]?.key).toBe("2.inspect.0");
  expect(findNamed(table, tree, "2.nothing")).toBeNull();
});

test("fan-outs and what is in them are folded by rule, all else is open", () => {
  const seen = [...seenRows(rows, byRule)].map((place) => rows[place]);
  expect(seen.some((row) => row?.inFanOut)).toBe(false);
  expect(seen.filter((row) => row?.kind === "fan-out").length).toBe(5);
  expect(seenPlace(seenRows(rows, byRule), at("2.extract.3"))).toBe(-1);
});

test("a row that was opened shows what is below it, and can be folded again", () => {
  const opened = setOpen(byRule, rowOf("2.extract"), true);
  expect(seenPlace(seenRows(rows, opened), at("2.extract.3"))).toBeGreaterThan(0);
  expect(setOpen(opened, rowOf("2.extract"), false)).toEqual(byRule);
});

test("everything can be opened, and single rows of it folded", () => {
  const everything = foldsOfWords(["*"]);
  expect(seenRows(rows, everything).length).toBe(rows.length);
  const but = setOpen(everything, rowOf("2"), false);
  expect(isOpen(rowOf("2"), but)).toBe(false);
  expect(isOpen(rowOf("1"), but)).toBe(true);
});

test("a row deep in a fan-out is seen when what is above it is opened", () => {
  const blob = at("r2.extract.3.1") + 1;
  expect(rows[blob]?.depth).toBe(3);
  const opened = openAbove(byRule, rows, blob);
  expect(seenPlace(seenRows(rows, opened), blob)).toBeGreaterThan(0);
  expect([...opened.toggled]).toEqual(["2.extract.3", "2.extract"]);
});

test("folds come back from an address as they were, which does not grow without end", () => {
  const folds = { everything: true, toggled: new Set(["2.extract", "2.extract.3"]) };
  expect(foldsOfWords(foldsToWords(folds))).toEqual(folds);
  const many = { everything: false, toggled: new Set(rows.map(({ key }) => key)) };
  expect(foldsToWords(many).length).toBeLessThanOrEqual(120);
});

test("a row is named by its span where it shows one, and found again by that name and by its key", () => {
  const row = rowOf("2.extract.3");
  expect(nameOf(table, row)).toBe("r2.extract.3.1");
  expect(at("r2.extract.3.1")).toBe(row.at);
  expect(nameOf(table, rowOf("2.extract"))).toBe("2.extract");
  expect(findNamed(table, tree, "nothing of this name")).toBeNull();
});

test("a wait is found in the row of its step, with itself as what is meant", () => {
  const place = spans.findIndex(({ name, step }) => name === "wait in queue" && step === "chunk");
  const named = findNamed(table, tree, spans[place]?.spanId ?? "");
  expect(rows[named?.at ?? -1]?.name).toBe("process chunk");
  expect(named?.place).toBe(place);
});
