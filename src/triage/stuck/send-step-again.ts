import { dispatchAnew } from "../../jobs/dispatch-anew.ts";
import { markRun } from "../../jobs/run-transitions.ts";
import type { TriageContext } from "../context.ts";
import { actOnStep, type StepAction } from "./act-on-step.ts";
import type { Acted } from "./stuck-view.ts";

/**
 * Sends a step's message anew: `retry-now` ends a backoff or a hold that no budget made, `resend` replaces a
 * message that did not come. Attempts that were made stay counted.
 * @throws WaybillError step_not_found, step_not_waiting, idempotency_key_reused
 */
export async function sendStepAgain(
  ctx: TriageContext,
  action: "retry-now" | "resend",
  input: StepAction,
): Promise<Acted> {
  const { acted } = await actOnStep(ctx, action, input, async (tx, { run, step, now }) => {
    const { queued } = await dispatchAnew({ ...ctx, db: tx }, run, step, now);
    if (queued.length > 0 && step.state === "held") await markRun(tx, run, "running", now);
    return {};
  });
  return acted;
}
