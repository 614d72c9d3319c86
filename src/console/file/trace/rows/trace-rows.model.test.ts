import { expect, test } from "vitest";
import { sampleSpan, sampleTrace } from "../../../../../tests/support/console/sample-trace.ts";
import { tabulate } from "../spans/span-table.model.ts";
import { buildTraceRows, type TracedRun } from "./trace-rows.model.ts";

const run = (number: number, change: Partial<TracedRun> = {}): TracedRun => ({
  number,
  traceId: `t${number}`,
  failed: false,
  underWay: false,
  ...change,
});
const root = sampleSpan({ spanId: "root", name: "ingest", endMs: 1_000 });
const of = (step: string, shard: number) => ({ step, shard, parentSpanId: "root" });

function rowsOf(spans: ReturnType<typeof sampleSpan>[], runs = [run(1)], open: typeof spans = []) {
  return buildTraceRows(tabulate(spans, open), runs);
}

/** Rows as lines, indented by their depth. */
function drawn({ rows }: ReturnType<typeof rowsOf>): string[] {
  return rows.map(({ depth, name, note }) => `${"  ".repeat(depth)}${name} ${note}`.trimEnd());
}

test("the only attempt of a step stands for it, with its waits and its message in the same row", () => {
  const tree = rowsOf([
    root,
    sampleSpan({ ...of("inspect", 0), spanId: "send", name: "send ingest-file", startMs: 10, endMs: 12 }),
    sampleSpan({
      ...of("inspect", 0),
      spanId: "wait",
      name: "wait in queue",
      waitReason: "queue",
      startMs: 12,
      endMs: 30,
    }),
    sampleSpan({
      ...of("inspect", 0),
      spanId: "work",
      name: "process inspect",
      attempt: 1,
      startMs: 30,
      endMs: 90,
    }),
    sampleSpan({ parentSpanId: "work", spanId: "blob", name: "get blob", startMs: 31, endMs: 40 }),
  ]);
  expect(drawn(tree)).toEqual(["Run 1", "  process inspect", "    get blob"]);
  const row = tree.rows[1];
  expect(row).toMatchObject({
    key: "1.inspect.0",
    span: 3,
    segments: [1, 2, 3],
    startMs: 10,
    endMs: 90,
    workMs: 60,
  });
  expect([...tree.rowOfSpan]).toEqual([0, 1, 1, 1, 2]);
});

test("several attempts of a step are stacked under it", () => {
  const tree = rowsOf([
    root,
    sampleSpan({
      ...of("embed", 0),
      spanId: "a1",
      name: "process embed",
      attempt: 1,
      startMs: 0,
      endMs: 10,
      status: "error",
    }),
    sampleSpan({
      ...of("embed", 0),
      spanId: "b",
      name: "wait for next attempt",
      waitReason: "backoff",
      startMs: 10,
      endMs: 50,
    }),
    sampleSpan({
      ...of("embed", 0),
      spanId: "a2",
      name: "process embed (lost)",
      attempt: 2,
      startMs: 50,
      endMs: 70,
    }),
  ]);
  expect(drawn(tree)).toEqual(["Run 1", "  process embed 2 attempts", "    attempt 1", "    attempt 2 lost"]);
  expect(tree.rows[1]).toMatchObject({ failed: false, attempts: 2, workMs: 30 });
  expect(tree.rows[2]).toMatchObject({ failed: true });
});

test("attempts of several rounds tell their round, and a run ends when it is said to have ended", () => {
  const attempt = (spanId: string, startMs: number) =>
    sampleSpan({ ...of("embed", 0), spanId, name: "process embed", attempt: 1, startMs });
  const rounds = new Map([
    ["a", 1],
    ["b", 2],
  ]);
  const tree = rowsOf([root, attempt("a", 0), attempt("b", 950)], [run(1, { rounds, endMs: 1_000 })]);
  expect(drawn(tree)).toEqual([
    "Run 1 2 rounds",
    "  process embed 2 attempts",
    "    attempt 1 round 1",
    "    attempt 1 round 2",
  ]);
  expect(tree.rows[0]?.endMs).toBe(1_000);
});

test("a step that waits for its next attempt has not failed, and one that waits for a requeue has", () => {
  const failed = sampleSpan({
    ...of("embed", 0),
    spanId: "a",
    name: "process embed",
    startMs: 0,
    endMs: 10,
    status: "error",
  });
  const wait = (name: string) =>
    sampleSpan({ ...of("embed", 0), spanId: "w", name, waitReason: "x", startMs: 10 });
  expect(rowsOf([root, failed]).rows[1]?.failed).toBe(true);
  expect(rowsOf([root, failed], [run(1)], [wait("wait for next attempt")]).rows[1]?.failed).toBe(false);
  expect(rowsOf([root, failed, wait("wait for requeue")]).rows[1]?.failed).toBe(true);
});

test("the shards of a step are one row that says how many, which was slowest and which failed", () => {
  const shard = (at: number, endMs: number, change = {}) =>
    sampleSpan({
      ...of("extract", at),
      spanId: `x${at}`,
      name: "process extract",
      startMs: 10,
      endMs,
      ...change,
    });
  const tree = rowsOf(
    [root, shard(0, 30), shard(1, 90), shard(2, 40, { status: "error" })],
    [run(1)],
    [shard(3, 0)],
  );
  expect(drawn(tree)).toEqual([
    "Run 1",
    "  process extract ×4",
    "    process extract 1",
    "    process extract 2",
    "    process extract 3",
    "    process extract 4",
  ]);
  const fanOut = tree.rows[1]?.fanOut;
  expect(fanOut).toMatchObject({ count: 4, underWay: 1, retried: 0 });
  expect(fanOut?.slowest.note).toBe("2");
  expect(fanOut?.failed.map(({ note }) => note)).toEqual(["3"]);
  expect(tree.rows[1]?.endMs).toBe(Number.POSITIVE_INFINITY);
  expect(tree.rows.slice(2).every(({ inFanOut }) => inFanOut)).toBe(true);
});

test("shards stand in the order in which their work began, those that wait last", () => {
  const send = (shard: number) =>
    sampleSpan({ ...of("embed", shard), spanId: `m${shard}`, name: "send ingest-file", startMs: shard });
  const work = (shard: number, startMs: number) =>
    sampleSpan({ ...of("embed", shard), spanId: `w${shard}`, name: "process embed", startMs });
  const tree = rowsOf([root, send(0), send(1), send(2), send(3), work(1, 70), work(2, 40), work(3, 50)]);
  expect(tree.rows.slice(2).map(({ note }) => note)).toEqual(["3", "4", "2", "1"]);
});

test("many equal calls at one place are folded, a few are not", () => {
  const calls = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      sampleSpan({ spanId: `c${at}`, parentSpanId: "work", name: "get blob", startMs: at }),
    );
  const work = sampleSpan({ ...of("extract", 0), spanId: "work", name: "process extract" });
  expect(drawn(rowsOf([root, work, ...calls(8)]))).toHaveLength(10);
  expect(drawn(rowsOf([root, work, ...calls(9)]))[2]).toBe("    get blob ×9");
});

test("all runs are there by their number, also one that has no span yet", () => {
  const second = sampleSpan({ traceId: "t2", spanId: "s2", name: "receive upload", startMs: 5_000 });
  const tree = rowsOf([root, second], [run(3, { underWay: true }), run(2, { failed: true }), run(1)]);
  expect(drawn(tree)).toEqual(["Run 1", "Run 2", "  receive upload", "Run 3"]);
  expect(tree.rows[1]).toMatchObject({ failed: true, place: 2, siblings: 3 });
});

test("no span is ever missing: neither one without its parent nor those that name each other as parents", () => {
  const tree = rowsOf([
    sampleSpan({ spanId: "orphan", parentSpanId: "gone", name: "get blob" }),
    sampleSpan({ spanId: "a", parentSpanId: "b", name: "a" }),
    sampleSpan({ spanId: "b", parentSpanId: "a", name: "b" }),
    sampleSpan({ ...of("inspect", 0), spanId: "w", name: "wait in queue", waitReason: "queue" }),
    sampleSpan({ spanId: "below", parentSpanId: "w", name: "below a wait" }),
    sampleSpan({ spanId: "other", traceId: "of a run that the page has not heard of", name: "early" }),
  ]);
  expect([...tree.rowOfSpan].every((row) => row >= 0)).toBe(true);
  expect(drawn(tree)).toContain("  get blob");
});

test("the rows of a large trace are complete and nested as they say", () => {
  const { spans, file } = sampleTrace(1_000);
  const tree = buildTraceRows(
    tabulate(spans),
    file.runHistory.map(({ number }) => run(number)),
  );
  expect(tree.rowOfSpan.includes(-1)).toBe(false);
  for (const row of tree.rows) {
    const inside = tree.rows.slice(row.at + 1, row.at + 1 + row.below);
    expect(inside.every(({ depth }) => depth > row.depth)).toBe(true);
    expect(tree.rows[row.at + 1 + row.below]?.depth ?? 0).toBeLessThanOrEqual(row.depth);
  }
});

test("a trace that is nested thousands deep is laid out", () => {
  const deep = Array.from({ length: 20_000 }, (_, at) =>
    sampleSpan({
      spanId: `d${at}`,
      parentSpanId: at === 0 ? null : `d${at - 1}`,
      name: `level ${at}`,
      startMs: at,
    }),
  );
  expect(rowsOf(deep).rows.at(-1)?.depth).toBe(20_000);
});
