import type { NextWork, StepAtCommit } from "../jobs/attempt-end.ts";
import type { Claim } from "../jobs/claim-step.ts";
import type { StepSeed } from "../jobs/transitions.ts";
import { type Decision, decide, type ShardPlan } from "./decide.ts";
import { endedJoins } from "./ended-joins.ts";
import { graphs, type StepDefinition, type StepGraph, type StepName, stepNames } from "./graph.ts";
import type { ShardEstimates } from "./step-work.ts";

/** The graph that a run started with. @throws TypeError for a version that this build does not know */
export function graphOf(version: number): StepGraph {
  const graph = graphs.get(version);
  if (graph === undefined) throw new TypeError(`This build does not know graph version ${version}.`);
  return graph;
}

/** What follows when a step succeeded. Pure. */
export function nextWork(
  graph: StepGraph,
  claim: Pick<Claim, "step" | "shard"> & { run: Pick<Claim["run"], "projectSlug"> },
  steps: readonly StepAtCommit[],
  planned: { readonly plan: ShardPlan; readonly estimates: ShardEstimates },
): NextWork {
  const decisions = decide(graph, steps, {
    kind: "step-succeeded",
    step: stepName(claim.step),
    shard: claim.shard,
    plan: planned.plan,
  });
  const next = toNextWork(graph, claim.run.projectSlug, decisions, planned.estimates);
  return { ...next, joins: endedJoins(graph, next.queue, steps) };
}

/** The work that a new run begins with. Pure. */
export function firstWork(graph: StepGraph, projectSlug: string, estimates: ShardEstimates): NextWork {
  return toNextWork(graph, projectSlug, decide(graph, [], { kind: "started" }), estimates);
}

function toNextWork(
  graph: StepGraph,
  projectSlug: string,
  decisions: readonly Decision[],
  estimates: ShardEstimates,
): NextWork {
  const create: StepSeed[] = [];
  const queue: { name: string; shard: number }[] = [];
  let finishRun = false;
  for (const decision of decisions) {
    if (decision.kind === "finish-run") {
      finishRun = true;
      continue;
    }
    if (decision.kind === "create") {
      const estimate = estimates[decision.step]?.[decision.shard] ?? [];
      create.push({ ...seedOf(graph, projectSlug, decision), estimate });
    }
    if (decision.kind === "queue" || decision.ready)
      queue.push({ name: decision.step, shard: decision.shard });
  }
  return { create, queue, finishRun, joins: [] };
}

function seedOf(graph: StepGraph, projectSlug: string, decision: Decision & { kind: "create" }) {
  const definition = definitionOf(graph, decision.step);
  return {
    name: decision.step,
    shard: decision.shard,
    input: decision.input,
    maxAttempts: definition.maxAttempts,
    timeLimitMs: definition.timeLimitMs,
    flowKey: flowKeyOf(decision.step, projectSlug),
  };
}

/** Steps that call a provider share that provider's limit; the others share their project's. */
function flowKeyOf(step: StepName, projectSlug: string): string {
  if (step === "embed") return "provider.gateway";
  if (step === "index") return "provider.vector";
  return `project.${projectSlug}`;
}

function definitionOf(graph: StepGraph, name: StepName): StepDefinition {
  const definition = graph.steps.find((step) => step.name === name);
  if (definition === undefined) throw new TypeError(`Graph version ${graph.version} has no step ${name}.`);
  return definition;
}

/** A stored step name as one of the graph's. @throws TypeError for one that this build does not know */
export function stepName(text: string): StepName {
  const name = stepNames.find((known) => known === text);
  if (name === undefined) throw new TypeError(`This build does not know the step ${text}.`);
  return name;
}
