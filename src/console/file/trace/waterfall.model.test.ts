import { describe, expect, it } from "vitest";
import type { SpanView } from "../../../telemetry/span-view.ts";
import { rulerMarks } from "./ruler.model.ts";
import { layOut, visibleRows } from "./waterfall.model.ts";

const epochNs = 1_772_366_400_000_000_000n;

function span(spanId: string, parentSpanId: string | null, startMs: number, endMs: number): SpanView {
  return {
    traceId: "t",
    spanId,
    parentSpanId,
    name: `process ${spanId}`,
    kind: "consumer",
    startNs: String(epochNs + BigInt(startMs * 1e6)),
    endNs: String(epochNs + BigInt(endMs * 1e6)),
    status: "ok",
    statusMessage: null,
    attributes: {},
    events: [],
    links: [],
  };
}

const ids = (rows: readonly { span: SpanView; depth: number }[]) =>
  rows.map((row) => `${".".repeat(row.depth)}${row.span.spanId}`);

describe("layOut", () => {
  it("puts spans under their parents and siblings by start, in whichever order they come", () => {
    const laid = layOut([
      span("c", "root", 50, 60),
      span("a1", "a", 12, 14),
      span("a", "root", 10, 40),
      span("root", null, 0, 100),
    ]);
    expect(ids(laid.rows)).toEqual(["root", ".a", "..a1", ".c"]);
    expect(laid.rows.map(({ descendants }) => descendants)).toEqual([3, 1, 0, 0]);
  });

  it("measures from the earliest span to the latest end, to fractions of a ms", () => {
    const laid = layOut([span("a", null, 10, 10.25), span("b", null, 4, 9)]);
    expect(laid.totalMs).toBeCloseTo(6.25, 6);
    expect(laid.rows.map(({ startMs, durationMs }) => [startMs, durationMs])).toEqual([
      [0, 5],
      [6, 0.25],
    ]);
  });

  it("shows a span at the top while its parent is missing", () => {
    expect(ids(layOut([span("b", "unknown", 5, 6), span("a", "unknown", 1, 2)]).rows)).toEqual(["a", "b"]);
  });

  it("loses no span when spans name each other, or themselves, as parents", () => {
    const laid = layOut([span("self", "self", 0, 9), span("a", "b", 1, 5), span("b", "a", 2, 4)]);
    expect(ids(laid.rows)).toEqual(["self", "a", ".b"]);
  });

  it("bears a chain of 20,000 spans", () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      span(`s${at}`, at === 0 ? null : `s${at - 1}`, at, 20_001),
    );
    const { rows } = layOut(chain);
    expect(rows.at(-1)?.depth).toBe(19_999);
    expect(rows[0]?.descendants).toBe(19_999);
  });

  it("bears no spans at all", () => {
    expect(layOut([])).toEqual({ rows: [], totalMs: 0, originNs: 0n });
  });
});

it("hides all that is below a closed span, and nothing else", () => {
  const { rows } = layOut([
    span("root", null, 0, 100),
    span("a", "root", 10, 40),
    span("a1", "a", 12, 14),
    span("c", "root", 50, 60),
  ]);
  expect(ids(visibleRows(rows, new Set(["a"])))).toEqual(["root", ".a", ".c"]);
  expect(ids(visibleRows(rows, new Set(["root"])))).toEqual(["root"]);
});

describe("rulerMarks", () => {
  it.each([
    [4_200, 6, [0, 1_000, 2_000, 3_000, 4_000]],
    [100, 5, [0, 20, 40, 60, 80, 100]],
    [0.9, 5, [0, 0.2, 0.4, 0.6, 0.8]],
  ])("marks %d ms with at most %d round steps", (totalMs, most, marks) => {
    expect(rulerMarks(totalMs, most).map(({ atMs }) => Number(atMs.toFixed(6)))).toEqual(marks);
  });
  it("has one mark for a trace without length", () => {
    expect(rulerMarks(0, 5)).toEqual([{ atMs: 0, share: 0 }]);
  });
});
