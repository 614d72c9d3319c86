import type { runs } from "../../db/schema/runs.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import { stepNames } from "../graph.ts";
import { failureOf } from "./failure-of.ts";
import type { AttemptView, RunView, StepView } from "./file-view.ts";

/** The columns that a step's view is made of: neither its input nor its result. */
export const stepColumns = {
  id: steps.id,
  runId: steps.runId,
  name: steps.name,
  shard: steps.shard,
  state: steps.state,
  attemptCount: steps.attemptCount,
  maxAttempts: steps.maxAttempts,
  heldReason: steps.heldReason,
  heldUntil: steps.heldUntil,
  nextAttemptAt: steps.nextAttemptAt,
  dlqId: steps.dlqId,
  errorCode: steps.errorCode,
  errorMessage: steps.errorMessage,
  costNanoUsd: steps.costNanoUsd,
  queuedAt: steps.queuedAt,
  startedAt: steps.startedAt,
  finishedAt: steps.finishedAt,
};

/** The columns that an attempt's view is made of. */
export const attemptColumns = {
  id: attempts.id,
  stepId: attempts.stepId,
  number: attempts.number,
  outcome: attempts.outcome,
  messageId: attempts.messageId,
  retried: attempts.retried,
  deployment: attempts.deployment,
  spanId: attempts.spanId,
  errorCode: attempts.errorCode,
  errorMessage: attempts.errorMessage,
  costNanoUsd: attempts.costNanoUsd,
  workMs: attempts.workMs,
  startedAt: attempts.startedAt,
  finishedAt: attempts.finishedAt,
};

type RunRow = typeof runs.$inferSelect;
type StepRow = { [Column in keyof typeof stepColumns]: (typeof steps.$inferSelect)[Column] };
type AttemptRow = { [Column in keyof typeof attemptColumns]: (typeof attempts.$inferSelect)[Column] };

/** A run with those of the steps and attempts that are its own; steps in the order of the graph. */
export function toRunView(
  run: RunRow,
  stepRows: readonly StepRow[],
  attemptRows: readonly AttemptRow[],
): RunView {
  const byStep = Map.groupBy(attemptRows, (attempt) => attempt.stepId);
  const own = stepRows.filter((step) => step.runId === run.id);
  own.sort((a, b) => placeOf(a.name) - placeOf(b.name) || a.shard - b.shard);
  return {
    id: run.id,
    number: run.number,
    graphVersion: run.graphVersion,
    status: run.status,
    traceId: run.traceId,
    costNanoUsd: run.costNanoUsd.toString(),
    createdAt: run.createdAt.toISOString(),
    finishedAt: iso(run.finishedAt),
    steps: own.map((step) => toStepView(step, byStep.get(step.id) ?? [])),
  };
}

function toStepView({ runId: _, ...step }: StepRow, attemptRows: readonly AttemptRow[]): StepView {
  return {
    ...step,
    ...failureOf(step.errorCode, step.errorMessage),
    costNanoUsd: step.costNanoUsd.toString(),
    heldUntil: iso(step.heldUntil),
    nextAttemptAt: iso(step.nextAttemptAt),
    queuedAt: iso(step.queuedAt),
    startedAt: iso(step.startedAt),
    finishedAt: iso(step.finishedAt),
    attempts: attemptRows.map(toAttemptView),
  };
}

function toAttemptView({ stepId: _, ...attempt }: AttemptRow): AttemptView {
  return {
    ...attempt,
    ...failureOf(attempt.errorCode, attempt.errorMessage),
    costNanoUsd: attempt.costNanoUsd.toString(),
    startedAt: attempt.startedAt.toISOString(),
    finishedAt: iso(attempt.finishedAt),
  };
}

const graphOrder: readonly string[] = stepNames;

function placeOf(name: string): number {
  return graphOrder.indexOf(name);
}

function iso(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
