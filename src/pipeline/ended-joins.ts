import type { Join, NextWork, StepAtCommit } from "../jobs/attempt-end.ts";
import type { StepGraph } from "./graph.ts";

/**
 * Of the steps that are queued now, those that had to wait until all shards of another step were done, and
 * since when: the end of the first shard. Pure.
 */
export function endedJoins(
  graph: StepGraph,
  queued: NextWork["queue"],
  steps: readonly StepAtCommit[],
): Omit<Join, "until">[] {
  return queued.flatMap(({ name, shard }) => {
    const needs = graph.steps.find((step) => step.name === name)?.needs ?? [];
    return needs.flatMap((need) => {
      const siblings = steps.filter((step) => step.name === need.step);
      if (need.shards !== "all" || siblings.length < 2) return [];
      const ends = siblings.flatMap((step) => step.finishedAt?.getTime() ?? []);
      return [{ name, shard, after: need.step, since: new Date(Math.min(...ends)) }];
    });
  });
}
