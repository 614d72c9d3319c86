import { sql } from "drizzle-orm";
import type { runs } from "../../db/schema/runs.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import { stepNames } from "../graph.ts";
import { failureOf } from "./failure-of.ts";
import type { AttemptView, RunView, StepView } from "./file-view.ts";

/** The columns that a step's view is made of: neither its input nor its result, but for its counts. */
export const stepColumns = {
  id: steps.id,
  runId: steps.runId,
  name: steps.name,
  shard: steps.shard,
  state: steps.state,
  round: steps.round,
  retired: steps.retired,
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
  /** What a chunk step cut, or an index step wrote. */
  made: sql<number | null>`case ${steps.name} when 'chunk' then (${steps.result} ->> 'chunks')::int
    when 'index' then (${steps.result} ->> 'vectors')::int end`.as("made"),
};

/** The columns that an attempt's view is made of. */
export const attemptColumns = {
  id: attempts.id,
  stepId: attempts.stepId,
  number: attempts.number,
  round: attempts.round,
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
type StepRow = Pick<typeof steps.$inferSelect, Exclude<keyof typeof stepColumns, "made">> & {
  readonly made: number | null;
};
type AttemptRow = { [Column in keyof typeof attemptColumns]: (typeof attempts.$inferSelect)[Column] };

/** For what money steps wait, by their ids. */
type Holds = ReadonlyMap<string, NonNullable<StepView["hold"]>>;

/** A run with those of the steps and attempts that are its own; steps in the order of the graph. */
export function toRunView(
  run: RunRow,
  stepRows: readonly StepRow[],
  attemptRows: readonly AttemptRow[],
  holds: Holds,
): RunView {
  const byStep = Map.groupBy(attemptRows, (attempt) => attempt.stepId);
  const own = stepRows.filter((step) => step.runId === run.id);
  const ownAttempts = own.flatMap((step) => byStep.get(step.id) ?? []);
  own.sort((a, b) => placeOf(a.name) - placeOf(b.name) || a.shard - b.shard);
  return {
    id: run.id,
    number: run.number,
    round: run.round,
    graphVersion: run.graphVersion,
    status: run.status,
    traceId: run.traceId,
    costNanoUsd: run.costNanoUsd.toString(),
    wastedNanoUsd: wasteOf(ownAttempts).toString(),
    chunks: own.find((step) => step.name === "chunk")?.made ?? null,
    indexedChunks: own.reduce((sum, step) => sum + (step.name === "index" ? (step.made ?? 0) : 0), 0),
    createdAt: run.createdAt.toISOString(),
    finishedAt: iso(run.finishedAt),
    steps: own.map((step) => toStepView(step, byStep.get(step.id) ?? [], holds.get(step.id) ?? null)),
  };
}

function wasteOf(attemptRows: readonly AttemptRow[]): bigint {
  const wasted = attemptRows.filter(({ outcome }) => ["retry", "failed", "lost"].includes(outcome));
  return wasted.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0n);
}

function toStepView(
  { runId: _, made: __, ...step }: StepRow,
  attemptRows: readonly AttemptRow[],
  hold: StepView["hold"],
): StepView {
  return {
    ...step,
    ...failureOf(step.errorCode, step.errorMessage),
    costNanoUsd: step.costNanoUsd.toString(),
    heldUntil: iso(step.heldUntil),
    hold,
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
