import { Graph, layout } from "@dagrejs/dagre";
import type { DiffEdge, DrawnGraph } from "./graph-diff.model.ts";

/** The size of a step's box, in px. */
export const box = { width: 144, height: 94 } as const;

/** Which way the work goes: across a wide screen, down a narrow one. */
export type Direction = "across" | "down";

/** A step's box by its upper left corner. */
interface PlacedBox {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** An edge as an SVG path, and where its words stand. */
export interface PlacedEdge extends DiffEdge {
  readonly path: string;
  readonly middle: { readonly x: number; readonly y: number };
}

/** Where everything is, in px from the upper left. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}

/** Lays a graph out in layers, so that what a step needs stands before it. Pure. */
export function layOut(drawn: DrawnGraph, direction: Direction): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction === "across" ? "LR" : "TB",
    nodesep: 20,
    ranksep: direction === "across" ? 24 : 36,
    marginx: 8,
    marginy: 8,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { step } of drawn.steps) graph.setNode(step.name, { ...box });
  drawn.edges.forEach((edge, at) => {
    graph.setEdge(edge.from, edge.to, {}, String(at));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: drawn.steps.map(({ step: { name } }) => {
      const { x = 0, y = 0 } = graph.node(name);
      return { name, x: x - box.width / 2, y: y - box.height / 2 };
    }),
    edges: drawn.edges.map((edge, at) =>
      place(edge, graph.edge(edge.from, edge.to, String(at)).points ?? []),
    ),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function place(edge: DiffEdge, points: readonly Point[]): PlacedEdge {
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  return { ...edge, path: curve(points), middle };
}

/** A line through the first and the last point that bends at those between. */
function curve(points: readonly Point[]): string {
  const straight = points.every(({ x }) => x === points[0]?.x) || points.every(({ y }) => y === points[0]?.y);
  const [first, ...rest] = straight ? [points.at(0), points.at(-1)].flatMap((end) => end ?? []) : points;
  if (first === undefined) return "";
  const parts = [`M${at(first)}`];
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) parts.push(`L${at(point)}`);
    else parts.push(`Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`);
  });
  return parts.join(" ");
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}

/**
 * The step to which an arrow key leads: along the work to the nearest of the next layer, or to the neighbour within
 * one; null where there is none. Pure.
 */
export function neighbour(
  { boxes }: Pick<GraphLayout, "boxes">,
  from: string,
  key: "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown",
): string | null {
  const here = boxes.find(({ name }) => name === from);
  if (here === undefined) return null;
  const [along, across] =
    key === "ArrowLeft" || key === "ArrowRight" ? (["x", "y"] as const) : (["y", "x"] as const);
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  const ahead = boxes
    .map(({ name, ...place }) => ({
      name,
      far: (place[along] - here[along]) * sign,
      aside: Math.abs(place[across] - here[across]),
    }))
    .filter(({ far }) => far > 1)
    .toSorted((a, b) => a.far + a.aside * 2 - (b.far + b.aside * 2));
  return ahead[0]?.name ?? null;
}
