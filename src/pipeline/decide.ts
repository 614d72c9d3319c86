import type { Need, StepGraph, StepName } from "./graph.ts";

/** A step instance as far as a decision needs it. */
export interface StepStatus {
  readonly name: string;
  readonly shard: number;
  readonly state: string;
}

/** The inputs of the shards that a step planned, by the name of the step that they are for. */
export type ShardPlan = Partial<Record<StepName, readonly unknown[]>>;

/** What happened to a run. */
export type RunEvent =
  | { readonly kind: "started" }
  /** Steps of a run that had ended are waiting again. */
  | { readonly kind: "requeued" }
  | {
      readonly kind: "step-succeeded";
      readonly step: StepName;
      readonly shard: number;
      readonly plan: ShardPlan;
    };

/** What is to be done about it. */
export type Decision =
  | {
      readonly kind: "create";
      readonly step: StepName;
      readonly shard: number;
      readonly input: unknown;
      readonly ready: boolean;
    }
  | { readonly kind: "queue"; readonly step: StepName; readonly shard: number }
  | { readonly kind: "finish-run" };

/**
 * Decides what a run does next. Pure: the same graph, steps and event give the same decisions.
 * @param steps every instance of the run that is not retired, with its state after the event
 */
export function decide(graph: StepGraph, steps: readonly StepStatus[], event: RunEvent): Decision[] {
  const created = plannedInstances(graph, event);
  const all = [
    ...steps,
    ...created.map((item) => ({ name: item.step, shard: item.shard, state: "waiting" })),
  ];
  const isReady = (step: StepName, shard: number): boolean =>
    (graph.steps.find((definition) => definition.name === step)?.needs ?? []).every((need) =>
      isMet(need, shard, all),
    );

  const decisions: Decision[] = created.map((item) => ({
    kind: "create",
    ...item,
    ready: isReady(item.step, item.shard),
  }));
  for (const definition of graph.steps) {
    for (const step of steps) {
      if (step.name !== definition.name || step.state !== "waiting") continue;
      if (isReady(definition.name, step.shard))
        decisions.push({ kind: "queue", step: definition.name, shard: step.shard });
    }
  }
  if (event.kind === "step-succeeded" && event.step === graph.steps.at(-1)?.name)
    decisions.push({ kind: "finish-run" });
  return decisions;
}

function plannedInstances(
  graph: StepGraph,
  event: RunEvent,
): { step: StepName; shard: number; input: unknown }[] {
  if (event.kind === "requeued") return [];
  const planner = event.kind === "started" ? null : event.step;
  const plan = event.kind === "started" ? {} : event.plan;
  return graph.steps
    .filter((definition) => definition.plannedBy === planner)
    .flatMap((definition) =>
      (plan[definition.name] ?? [{}]).map((input, shard) => ({ step: definition.name, shard, input })),
    );
}

function isMet(need: Need, shard: number, steps: readonly StepStatus[]): boolean {
  const needed = steps.filter(
    (step) => step.name === need.step && (need.shards === "all" || step.shard === shard),
  );
  return needed.length > 0 && needed.every((step) => step.state === "succeeded");
}
