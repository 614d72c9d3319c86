import type { FileView, RunView, StepView } from "../../../pipeline/files/file-view.ts";
import { currentGraph, graphs } from "../../../pipeline/graph.ts";
import { planRequeue } from "../../../triage/plan-requeue.ts";

/** Steps of one name, and how many there are of them. */
export interface StepCount {
  readonly name: string;
  readonly count: number;
}

/** A place from which a file can be done again. */
export interface RequeueChoice {
  /** What the API is told. */
  readonly from: string;
  readonly label: string;
  readonly note: string;
  /** What runs again, in the order of the graph. */
  readonly again: readonly StepCount[];
  /** What stays as it is. */
  readonly reused: readonly StepCount[];
}

/** Why a file cannot be requeued now, as a sentence; null when it can. */
export function refusalOf(file: Pick<FileView, "status">, run: RunView): string | null {
  if (file.status === "held")
    return "It is held and goes on by itself. It can be requeued when the run has ended.";
  if (file.status === "queued" || file.status === "running")
    return "It can be requeued when the run has ended.";
  const atWork = run.steps.find(({ state }) => state === "running");
  return atWork ? `A worker is still at ${atWork.name}. It can be requeued when that has ended.` : null;
}

/** The places from which the newest run of a file can be done again, the likeliest first. */
export function requeueChoices(run: RunView): RequeueChoice[] {
  const steps = run.steps.filter(({ retired }) => !retired);
  const graph = graphs.get(run.graphVersion) ?? currentGraph;
  const of = { status: run.status, steps };
  const next = `in round ${run.round + 1} of run ${run.number}`;
  const places = [
    { from: "failed", label: `Go on at ${failedNames(steps)}`, note: `Where it failed, ${next}.` },
    { from: "start", label: "From the start", note: `As run ${run.number + 1}, with the settings of today.` },
    ...graph.steps.map(({ name }) => ({ from: name, label: `From ${name}`, note: `Once more, ${next}.` })),
  ];
  return places.flatMap((place) => {
    const plan = planRequeue(graph, of, place.from);
    if (plan.kind === "refused") return [];
    if (plan.kind === "start") return [{ ...place, again: counted(steps), reused: [] }];
    const redone = new Set([...plan.ready, ...plan.retire]);
    return [
      {
        ...place,
        again: counted(steps.filter(({ id }) => redone.has(id))),
        reused: counted(steps.filter(({ id }) => !redone.has(id))),
      },
    ];
  });
}

/** Steps in words: "chunk, 3 × embed, finalize". */
export function stepsText(counts: readonly StepCount[]): string {
  return counts.map(({ name, count }) => (count === 1 ? name : `${count} × ${name}`)).join(", ");
}

function failedNames(steps: readonly StepView[]): string {
  const names = new Set(steps.filter(({ state }) => state === "failed").map(({ name }) => name));
  return [...names].join(" and ") || "what was cancelled";
}

function counted(steps: readonly StepView[]): StepCount[] {
  const counts = new Map<string, number>();
  for (const { name } of steps) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
