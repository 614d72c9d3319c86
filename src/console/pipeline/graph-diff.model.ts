import type { GraphStep } from "../../triage/graph-versions/graph-version-view.ts";
import { formatDuration } from "../format/duration.ts";

/** How a step or an edge of one version stands to the other. */
export type DiffKind = "added" | "removed" | "changed" | "same";

/** One thing of a step that is not as it was. */
interface StepChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** A step as it is in the later version, or was in the earlier one where it is gone. */
export interface DiffStep {
  readonly step: GraphStep;
  readonly kind: DiffKind;
  readonly changes: readonly StepChange[];
}

/** What needs what. */
export interface DiffEdge {
  readonly from: string;
  readonly to: string;
  /** Whether each shard waits for its own alone. */
  readonly sameShard: boolean;
  readonly kind: "added" | "removed" | "same";
}

/** A graph as it is drawn, by itself or against another. */
export interface DrawnGraph {
  readonly steps: readonly DiffStep[];
  readonly edges: readonly DiffEdge[];
}

/** A graph by itself. Pure. */
export function graphAlone(steps: readonly GraphStep[]): DrawnGraph {
  return diffGraphs(steps, steps);
}

/** What became of an earlier graph in a later one: all steps and needs of both, each once. Pure. */
export function diffGraphs(before: readonly GraphStep[], after: readonly GraphStep[]): DrawnGraph {
  const earlier = new Map(before.map((step) => [step.name, step]));
  const later = new Set(after.map(({ name }) => name));
  const steps = [
    ...after.map((step) => diffStep(earlier.get(step.name), step)),
    ...before
      .filter(({ name }) => !later.has(name))
      .map((step): DiffStep => ({ step, kind: "removed", changes: [] })),
  ];
  const [was, is] = [edgesOf(before), edgesOf(after)];
  const edges = [
    ...is.map((edge): DiffEdge => ({ ...edge, kind: has(was, edge) ? "same" : "added" })),
    ...was.filter((edge) => !has(is, edge)).map((edge): DiffEdge => ({ ...edge, kind: "removed" })),
  ];
  return { steps, edges };
}

/** How many steps differ. Pure. */
export function countDiffering({ steps }: DrawnGraph): number {
  return steps.filter(({ kind }) => kind !== "same").length;
}

function diffStep(before: GraphStep | undefined, after: GraphStep): DiffStep {
  if (before === undefined) return { step: after, kind: "added", changes: [] };
  const changes = aspects.flatMap(({ what, text }) => {
    const [was, is] = [text(before), text(after)];
    return was === is ? [] : [{ what, before: was, after: is }];
  });
  return { step: after, kind: changes.length === 0 ? "same" : "changed", changes };
}

const aspects: readonly { readonly what: string; readonly text: (step: GraphStep) => string }[] = [
  { what: "Needs", text: needsText },
  { what: "Fan-out", text: fanOutText },
  { what: "Tries", text: ({ maxAttempts }) => String(maxAttempts) },
  { what: "Time limit", text: ({ timeLimitMs }) => formatDuration(timeLimitMs) },
  { what: "Meters", text: ({ meters }) => meters.toSorted().join(", ") || "none" },
];

/** "all of extract", "the same shard of embed"; what a step that needs nothing begins with. Pure. */
export function needsText({ needs }: Pick<GraphStep, "needs">): string {
  if (needs.length === 0) return "nothing: the run begins with it";
  return needs
    .map(({ step, shards }) => (shards === "all" ? `all of ${step}` : `the same shard of ${step}`))
    .join(", ");
}

/** "once", "each page range, planned by inspect". Pure. */
export function fanOutText({ fanOut, plannedBy }: Pick<GraphStep, "fanOut" | "plannedBy">): string {
  const unit = fanOut === "once" ? "once" : `each ${fanOut}`;
  return plannedBy === null ? unit : `${unit}, planned by ${plannedBy}`;
}

type Edge = Omit<DiffEdge, "kind">;

function edgesOf(steps: readonly GraphStep[]): Edge[] {
  return steps.flatMap(({ name, needs }) =>
    needs.map((need) => ({ from: need.step, to: name, sameShard: need.shards === "same-shard" })),
  );
}

function has(edges: readonly Edge[], { from, to, sameShard }: Edge): boolean {
  return edges.some((edge) => edge.from === from && edge.to === to && edge.sameShard === sameShard);
}
