import { releaseEnded } from "../../costs/budgets/give-back.ts";
import { fileFailure } from "../../jobs/failures/file-failure.ts";
import { repairTrace } from "../../jobs/repair-trace.ts";
import { failStep } from "../../jobs/transitions.ts";
import { errorCodes } from "../../kernel/error-codes.ts";
import type { TriageContext } from "../context.ts";
import { actOnStep, type StepAction } from "./act-on-step.ts";
import type { Acted } from "./stuck-view.ts";

/**
 * Gives a step up that waits: it fails, its run and file with it, so that the file can be requeued.
 * @throws WaybillError step_not_found, step_not_waiting, idempotency_key_reused
 */
export async function failStepNow(ctx: TriageContext, input: StepAction): Promise<Acted> {
  const failure = { code: "given_up" as const, message: errorCodes.given_up.sentence };
  const { acted, runId, messageId } = await actOnStep(
    ctx,
    "fail-now",
    input,
    async (tx, { run, step, now }) => {
      await failStep(tx, { ...run, stepId: step.id, step: step.name, fence: null }, failure, now);
      await releaseEnded(tx, run, now);
      const facts = { step: step.name, ...failure, provider: null, status: null };
      const dispatched = { run, stepId: step.id, dispatch: step.dispatch, facts, filedBy: ctx.deployment };
      return { after: () => fileFailure(tx, dispatched, now) };
    },
  );
  // The run has ended without a worker: its root span is written from the rows.
  await repairTrace(ctx, { runId, messageId: messageId ?? "" });
  return acted;
}
