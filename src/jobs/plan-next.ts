import { and, eq } from "drizzle-orm";
import type { Quote } from "../costs/budgets/quote-steps.ts";
import type { Db } from "../db/client.ts";
import { steps } from "../db/schema/steps.ts";
import type { AttemptEnd, Committed, Join } from "./attempt-end.ts";
import type { Claim } from "./claim-step.ts";
import { dispatchQuoted } from "./dispatch-steps.ts";
import { restRun, succeedRun } from "./run-transitions.ts";
import { createWaiting, stepId } from "./transitions.ts";

/** What is to be dispatched, and what else follows. */
export interface Next {
  readonly ids: readonly string[];
  readonly finishRun: boolean;
  readonly joins: readonly Join[];
  /** Whether a step of the run waits for money, or for a provider. */
  readonly someHeld: boolean;
}

/** What follows from an attempt that did not succeed. */
export const nothingNext: Next = { ids: [], finishRun: false, joins: [], someHeld: false };

/** Creates the steps that follow, and ends the run after its last. */
export async function planNext(
  tx: Db,
  claim: Claim,
  end: AttemptEnd & { kind: "succeeded" },
  now: Date,
): Promise<Next> {
  const states = await tx
    .select({ name: steps.name, shard: steps.shard, state: steps.state, finishedAt: steps.finishedAt })
    .from(steps)
    .where(and(eq(steps.runId, claim.run.runId), eq(steps.retired, false)));
  const next = end.next(states);
  await createWaiting(tx, claim.run.runId, next.create);
  if (next.finishRun) await succeedRun(tx, claim.run, now);
  return {
    ids: next.queue.map((step) => stepId(claim.run.runId, step.name, step.shard)),
    finishRun: next.finishRun,
    joins: next.joins.map((join) => ({ ...join, until: now })),
    someHeld: states.some(({ state }) => state === "held"),
  };
}

/** Dispatches the steps that follow. @returns the one that is kept for this delivery */
export async function dispatchNext(
  tx: Db,
  claim: Claim,
  end: AttemptEnd,
  next: Next & { quotes: readonly Quote[]; now: Date },
): Promise<Committed["kept"]> {
  const { quotes, now } = next;
  const keptUntil = end.kind === "succeeded" ? end.keepFirstUntil : null;
  const keptId = keptUntil === null ? undefined : next.ids[0];
  const publishAfter = (id: string) => (id === keptId && keptUntil !== null ? keptUntil : now);
  const { queued } = await dispatchQuoted(tx, quotes, { now, publishAfter });
  if (next.someHeld && queued.length === 0 && !next.finishRun) await restRun(tx, claim.run, now);
  return queued.find((step) => step.stepId === keptId) ?? null;
}
