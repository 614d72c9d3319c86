import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { files } from "../db/schema/files.ts";
import { steps } from "../db/schema/steps.ts";
import { dispatchSteps } from "../jobs/dispatch-steps.ts";
import { endStanding } from "../jobs/failures/end-standing.ts";
import { lastAttemptsOf, type RequeueTrace } from "../jobs/requeue-spans.ts";
import { readyAgain, retireSteps, spendDeadLetters } from "../jobs/requeue-transitions.ts";
import { hasEnded, type RunFacts } from "../jobs/run-facts.ts";
import { reopenRuns, supersedeRun } from "../jobs/run-transitions.ts";
import { WaybillError } from "../kernel/errors.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import { beginRun, runIdOf } from "../pipeline/files/begin-run.ts";
import { graphOf } from "../pipeline/next-work.ts";
import { findProject } from "../pipeline/projects/find-project.ts";
import type { TriageContext } from "./context.ts";
import { planRequeue, type RequeuePlan } from "./plan-requeue.ts";
import type { Requeued } from "./requeued-view.ts";

/** A file's row as it is under the lock of its newest run. */
export type RequeuedFile = Awaited<ReturnType<typeof readFiles>>[number];

/** What became of one run that was to be done again. */
export type RunRequeue =
  | { readonly kind: "refused"; readonly error: WaybillError }
  | {
      readonly kind: "requeued";
      readonly file: RequeuedFile;
      readonly requeued: Requeued;
      readonly trace: RequeueTrace;
    };

type Accepted = RequeuePlan & { readonly kind: "start" | "continue" };

/** A run that is done again, and how. */
interface Chosen {
  readonly run: RunFacts;
  readonly file: RequeuedFile;
  readonly plan: Accepted;
}

/**
 * Does runs again: from what failed or from a named step in their next round, or from the start in a new run. Called
 * in a transaction that holds the runs' locks (jobs/run-facts.ts); the caller writes the audit log, and after its
 * commit records the spans and sends the messages.
 * @param from `failed`, `start`, or the name of a step
 * @returns by the run's id; refused are file_in_progress, nothing_failed, step_unknown, step_not_reached
 */
export async function requeueRuns(
  ctx: TriageContext,
  tx: Db,
  runs: readonly RunFacts[],
  { from, now }: { from: string; now: Date },
): Promise<Map<string, RunRequeue>> {
  const { chosen, refused } = await chooseRuns(tx, runs, from);
  if (chosen.length === 0) return refused;
  const links = await lastAttemptsOf(
    tx,
    chosen.map(({ run, plan }) => ({ run, stepIds: plan.cause })),
  );
  faultPoint("requeue.readied");
  await spendDeadLetters(
    tx,
    chosen.map(({ run }) => run.runId),
    now,
  );
  const begun = [...(await goOn(ctx, tx, chosen, now)), ...(await startAnew(ctx, tx, chosen, now))];
  await endStanding(
    tx,
    chosen.map(({ run }) => run.fileId),
  );
  faultPoint("requeue.queued");
  const done = begun.map(({ chosen: { run, file, plan }, requeued, trace }): [string, RunRequeue] => {
    const endedAt = plan.kind === "start" ? null : file.finishedAt;
    const cause = { from, links: links.get(run.runId) ?? [], endedAt, at: now };
    return [run.runId, { kind: "requeued", file, requeued, trace: { ...trace, ...cause } }];
  });
  return new Map([...refused, ...done]);
}

async function chooseRuns(tx: Db, runs: readonly RunFacts[], from: string) {
  const stepsOf = Map.groupBy(await readSteps(tx, runs), ({ runId }) => runId);
  const fileOf = new Map((await readFiles(tx, runs)).map((file) => [file.id, file]));
  const chosen: Chosen[] = [];
  const refused = new Map<string, RunRequeue>();
  for (const run of runs) {
    const file = fileOf.get(run.fileId);
    const plan = planOf(run, file, stepsOf.get(run.runId) ?? [], from);
    if (plan instanceof WaybillError) refused.set(run.runId, { kind: "refused", error: plan });
    else if (file) chosen.push({ run, file, plan });
  }
  return { chosen, refused };
}

function readFiles(tx: Db, runs: readonly RunFacts[]) {
  const ids = runs.map(({ fileId }) => fileId);
  return tx
    .select({
      id: files.id,
      status: files.status,
      latestRunId: files.latestRunId,
      runCount: files.runCount,
      failedStep: files.failedStep,
      errorCode: files.errorCode,
      finishedAt: files.finishedAt,
      costNanoUsd: files.costNanoUsd,
    })
    .from(files)
    .where(inArray(files.id, ids));
}

function readSteps(tx: Db, runs: readonly RunFacts[]) {
  const ids = runs.map(({ runId }) => runId);
  return tx
    .select({
      id: steps.id,
      runId: steps.runId,
      name: steps.name,
      shard: steps.shard,
      state: steps.state,
    })
    .from(steps)
    .where(and(inArray(steps.runId, ids), eq(steps.retired, false)));
}

function planOf(
  run: RunFacts,
  file: RequeuedFile | undefined,
  found: Awaited<ReturnType<typeof readSteps>>,
  from: string,
): Accepted | WaybillError {
  // What stood before the lock may have been requeued meanwhile.
  if (file?.latestRunId !== run.runId || !hasEnded(run))
    return new WaybillError("file_in_progress", { details: { status: file?.status ?? run.status } });
  // A step that was at work when another failed ends its attempt; until then it may still write.
  const atWork = found.find((step) => step.state === "running");
  if (atWork)
    return new WaybillError("file_in_progress", { details: { step: atWork.name, shard: atWork.shard } });
  const plan = planRequeue(graphOf(run.graphVersion), { status: run.status, steps: found }, from);
  return plan.kind === "refused" ? new WaybillError(plan.code, { details: { from } }) : plan;
}

/** A run that was done again: the answer, and where its spans belong. */
interface Begun {
  readonly chosen: Chosen;
  readonly requeued: Requeued;
  readonly trace: Pick<RequeueTrace, "run" | "round">;
}

async function goOn(ctx: TriageContext, tx: Db, all: readonly Chosen[], now: Date): Promise<Begun[]> {
  const chosen = all.flatMap(({ plan, ...rest }) => (plan.kind === "continue" ? [{ ...rest, plan }] : []));
  const rounds = await reopenRuns(
    tx,
    chosen.map(({ run }) => run.runId),
    now,
  );
  await readyAgain(
    tx,
    chosen.flatMap(({ plan }) => plan.ready),
  );
  await retireSteps(
    tx,
    chosen.flatMap(({ plan }) => plan.retire),
    now,
  );
  await dispatchSteps(
    { ...ctx, db: tx },
    chosen.flatMap(({ plan }) => plan.queue),
    { now },
  );
  return chosen.map((one) => {
    const { run, plan } = one;
    const round = rounds.get(run.runId) ?? run.round;
    const requeued = { runId: run.runId, run: run.runNumber, round, steps: plan.ready.length };
    return { chosen: one, requeued, trace: { run, round } };
  });
}

async function startAnew(ctx: TriageContext, tx: Db, all: readonly Chosen[], now: Date): Promise<Begun[]> {
  const begun: Begun[] = [];
  for (const chosen of all.filter(({ plan }) => plan.kind === "start")) {
    const { run, file } = chosen;
    const { fileId } = run;
    const project = await findProject({ db: tx }, run.projectSlug);
    const number = file.runCount + 1;
    // First: a run that no budget has room for makes its file held.
    await supersedeRun(tx, { runId: runIdOf(fileId, number), fileId, number }, now);
    const { embedding } = ctx;
    const next = { fileId, bytes: run.bytes, number, project, embedding, createdAt: now };
    const anew = await beginRun({ ...ctx, db: tx }, next, now);
    const requeued = { runId: anew.runId, run: number, round: 1, steps: anew.steps };
    begun.push({ chosen, requeued, trace: { run: { ...run, ...anew, runNumber: number }, round: 1 } });
  }
  return begun;
}
