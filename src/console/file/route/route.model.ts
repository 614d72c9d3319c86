import type { RunView, StepState, StepView } from "../../../pipeline/files/file-view.ts";
import { currentGraph, graphs, type StepDefinition } from "../../../pipeline/graph.ts";
import { elapsedMs } from "../../format/moment.ts";

/** A stop on the route of a document: all shards of one step, folded. */
export interface RouteStop {
  readonly name: string;
  readonly state: StepState;
  /** What one shard is: "page range", "batch"; null for a step that runs once. */
  readonly shardWord: string | null;
  /** How many shards there are; 0 while the plan is not made. */
  readonly shards: number;
  readonly done: number;
  /** Attempts beyond the first of each shard. */
  readonly retries: number;
  /** From the first start to the last end, in ms; null before anything started. */
  readonly durationMs: number | null;
  /** The shard that the end of the run waited for, from 0; null when the step is not on the critical path. */
  readonly criticalShard: number | null;
}

/**
 * The stops of a run in the order of its graph, those ahead included.
 * @param criticalPath the step instances that the end of the run waited for
 */
export function routeOf(
  run: RunView,
  criticalPath: readonly { name: string; shard: number }[],
  now: Date,
): RouteStop[] {
  const graph = graphs.get(run.graphVersion) ?? currentGraph;
  return graph.steps.map((definition) => ({
    ...stopOf(
      definition,
      run.steps.filter(({ name, retired }) => name === definition.name && !retired),
      now,
    ),
    criticalShard: criticalPath.find(({ name }) => name === definition.name)?.shard ?? null,
  }));
}

function stopOf(
  definition: StepDefinition,
  shards: readonly StepView[],
  now: Date,
): Omit<RouteStop, "criticalShard"> {
  return {
    name: definition.name,
    state: foldedState(shards.map(({ state }) => state)),
    shardWord: definition.fanOut === "once" ? null : definition.fanOut,
    shards: shards.length,
    done: shards.filter(({ state }) => state === "succeeded").length,
    retries: shards.reduce((sum, { attemptCount }) => sum + Math.max(0, attemptCount - 1), 0),
    durationMs: spanOf(shards, now),
  };
}

/** One state for many shards: what needs eyes first, then what moves; done only when all are. */
function foldedState(states: readonly StepState[]): StepState {
  if (states.length === 0) return "waiting";
  if (states.every((state) => state === "succeeded")) return "succeeded";
  for (const state of ["failed", "held", "running", "cancelled", "queued"] as const) {
    if (states.includes(state)) return state;
  }
  return states.includes("succeeded") ? "running" : "waiting";
}

function spanOf(shards: readonly StepView[], now: Date): number | null {
  const starts = shards.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  const first = starts.sort()[0];
  if (first === undefined) return null;
  const moving = shards.some(({ state }) => state === "running");
  const ends = shards.flatMap(({ finishedAt }) => (finishedAt === null ? [] : [finishedAt]));
  const last = moving ? null : (ends.sort().at(-1) ?? first);
  return elapsedMs(first, last, now);
}
