import type { SpanView } from "../../../telemetry/span-view.ts";
import { type SpanKind, spanKindOf } from "./span-kind.ts";
import { shardedSteps, spanNote } from "./span-note.ts";

/** A span in its place: under its parent, on the time line of the whole trace. */
export interface WaterfallRow {
  readonly span: SpanView;
  readonly kind: SpanKind;
  /** What tells the span from others of its name: "3", "extract 3"; may be empty. */
  readonly note: string;
  readonly depth: number;
  readonly descendants: number;
  /** From the beginning of the time line, in ms. */
  readonly startMs: number;
  readonly durationMs: number;
}

/** A trace laid out for drawing. */
export interface Waterfall {
  /** Depth first, siblings by start. */
  readonly rows: readonly WaterfallRow[];
  /** The length of the time line in ms. */
  readonly totalMs: number;
  /** The beginning of the time line, nanoseconds since the epoch. */
  readonly originNs: bigint;
}

interface Node {
  readonly span: SpanView;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly children: Node[];
}

/**
 * Lays spans out as a tree on one time line. A span whose parent is not there (it has not ended yet, or was
 * dropped) stands at the top, so that no span is ever missing from the picture.
 */
export function layOut(spans: readonly SpanView[]): Waterfall {
  const nodes = new Map(spans.map((span) => [span.spanId, nodeOf(span)]));
  const roots: Node[] = [];
  let originNs: bigint | null = null;
  let endNs = 0n;
  for (const node of nodes.values()) {
    const parent = node.span.parentSpanId === null ? undefined : nodes.get(node.span.parentSpanId);
    (parent?.children ?? roots).push(node);
    if (originNs === null || node.startNs < originNs) originNs = node.startNs;
    if (node.endNs > endNs) endNs = node.endNs;
  }
  const origin = originNs ?? 0n;
  return {
    rows: flatten(roots, nodes.values(), origin, shardedSteps(spans)),
    totalMs: toMs(endNs - origin),
    originNs: origin,
  };
}

/** The rows that are seen while the spans in `closed` hide what is below them. */
export function visibleRows(
  rows: readonly WaterfallRow[],
  closed: ReadonlySet<string>,
): readonly WaterfallRow[] {
  if (closed.size === 0) return rows;
  const seen: WaterfallRow[] = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined) break;
    seen.push(row);
    if (closed.has(row.span.spanId)) at += row.descendants;
  }
  return seen;
}

function nodeOf(span: SpanView): Node {
  return { span, startNs: BigInt(span.startNs), endNs: BigInt(span.endNs), children: [] };
}

// By a stack of its own, as a trace may be nested deeper than calls may be.
function flatten(
  roots: readonly Node[],
  all: Iterable<Node>,
  originNs: bigint,
  sharded: ReadonlySet<string>,
): WaterfallRow[] {
  const rows: { -readonly [Key in keyof WaterfallRow]: WaterfallRow[Key] }[] = [];
  const open: number[] = [];
  const closeDownTo = (depth: number) => {
    while (open.length > depth) {
      const index = open.pop() ?? 0;
      const row = rows[index];
      if (row) row.descendants = rows.length - index - 1;
    }
  };
  for (const { node, depth } of depthFirst(roots, all)) {
    closeDownTo(depth);
    open.push(rows.length);
    rows.push({
      span: node.span,
      kind: spanKindOf(node.span),
      note: spanNote(node.span, sharded),
      depth,
      descendants: 0,
      startMs: toMs(node.startNs - originNs),
      durationMs: toMs(node.endNs - node.startNs),
    });
  }
  closeDownTo(0);
  return rows;
}

/** Every node once: those below the roots, then those that no root leads to because they name each other. */
function* depthFirst(roots: readonly Node[], all: Iterable<Node>): Generator<{ node: Node; depth: number }> {
  const reached = new Set<Node>();
  for (const first of [...latestFirst(roots).reverse(), ...all]) {
    const stack = [{ node: first, depth: 0 }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (reached.has(top.node)) continue;
      reached.add(top.node);
      yield top;
      for (const child of latestFirst(top.node.children)) stack.push({ node: child, depth: top.depth + 1 });
    }
  }
}

function latestFirst(nodes: readonly Node[]): Node[] {
  return [...nodes].sort((a, b) => Number(b.startNs - a.startNs) || Number(b.endNs - a.endNs) * -1);
}

function toMs(durationNs: bigint): number {
  return Number(durationNs) / 1e6;
}
