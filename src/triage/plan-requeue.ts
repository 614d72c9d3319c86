import type { ErrorCode } from "../kernel/error-codes.ts";
import { decide } from "../pipeline/decide.ts";
import type { StepGraph } from "../pipeline/graph.ts";

/** A step instance as far as a requeue looks at it; retired ones are left out. */
export interface RequeueStep {
  readonly id: string;
  readonly name: string;
  readonly shard: number;
  readonly state: string;
}

/** What a requeue does, or why it does nothing. */
export type RequeuePlan =
  | { readonly kind: "refused"; readonly code: ErrorCode }
  /** The file gets a new run. */
  | { readonly kind: "start"; readonly cause: readonly string[] }
  /** The run goes on. Ids of steps: those that wait again, those that are planned anew, those that may begin. */
  | {
      readonly kind: "continue";
      readonly ready: readonly string[];
      readonly retire: readonly string[];
      readonly queue: readonly string[];
      /** For whose sake: the steps that failed, or else those that are named. */
      readonly cause: readonly string[];
    };

/**
 * Decides what a requeue of a run that has ended does. Pure.
 * @param from `failed`, `start`, or the name of a step of the graph
 */
export function planRequeue(
  graph: StepGraph,
  run: { readonly status: string; readonly steps: readonly RequeueStep[] },
  from: string,
): RequeuePlan {
  const failed = idsOf(run.steps.filter((step) => step.state === "failed"));
  const undone = run.steps.filter(isUndone);
  if (from === "start") return { kind: "start", cause: failed };
  if (from === "failed") {
    if (run.status === "succeeded" || undone.length === 0) return { kind: "refused", code: "nothing_failed" };
    return { kind: "continue", ...goOn(graph, run.steps, { ready: undone, retire: [] }), cause: failed };
  }
  if (!graph.steps.some((step) => step.name === from)) return { kind: "refused", code: "step_unknown" };
  const again = stepsFrom(graph, from);
  const redone = run.steps.filter((step) => again.has(step.name) || isUndone(step));
  // What a step of these has planned, it plans anew.
  const planned = new Set<string>(
    graph.steps.filter(({ plannedBy }) => plannedBy !== null && again.has(plannedBy)).map(({ name }) => name),
  );
  const { ready = [], retire = [] } = Object.groupBy(redone, ({ name }) =>
    planned.has(name) ? "retire" : "ready",
  );
  const plan = goOn(graph, run.steps, { ready, retire });
  const named = idsOf(run.steps.filter((step) => step.name === from));
  const mayBegin = new Set(plan.queue);
  if (named.length === 0 || !named.every((id) => mayBegin.has(id)))
    return { kind: "refused", code: "step_not_reached" };
  return { kind: "continue", ...plan, cause: failed.length > 0 ? failed : named };
}

/** The named step with all that needs it or is planned by it, however far away. */
function stepsFrom(graph: StepGraph, from: string): Set<string> {
  const names = new Set<string>([from]);
  // A step stands after those that it needs.
  for (const { name, needs, plannedBy } of graph.steps) {
    if (needs.some((need) => names.has(need.step)) || (plannedBy !== null && names.has(plannedBy)))
      names.add(name);
  }
  return names;
}

function goOn(
  graph: StepGraph,
  steps: readonly RequeueStep[],
  change: { ready: readonly RequeueStep[]; retire: readonly RequeueStep[] },
) {
  const ready = new Set(change.ready);
  const retire = new Set(change.retire);
  const after = steps
    .filter((step) => !retire.has(step))
    .map((step) => (ready.has(step) ? { ...step, state: "waiting" } : step));
  const begin = decide(graph, after, { kind: "requeued" });
  const keyOf = (name: string, shard: number) => `${name} ${shard}`;
  const ids = new Map(after.map((step) => [keyOf(step.name, step.shard), step.id]));
  return {
    ready: idsOf(change.ready),
    retire: idsOf(change.retire),
    queue: begin.flatMap((decision) =>
      decision.kind === "queue" ? (ids.get(keyOf(decision.step, decision.shard)) ?? []) : [],
    ),
  };
}

function isUndone(step: RequeueStep): boolean {
  return step.state === "failed" || step.state === "cancelled";
}

function idsOf(steps: readonly RequeueStep[]): string[] {
  return steps.map((step) => step.id);
}
