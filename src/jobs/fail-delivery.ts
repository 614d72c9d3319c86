import { eq } from "drizzle-orm";
import { z } from "zod";
import { releaseEnded } from "../costs/budgets/give-back.ts";
import { recordEntries } from "../costs/ledger/record-entries.ts";
import { steps } from "../db/schema/steps.ts";
import { errorCodes } from "../kernel/error-codes.ts";
import type { JobsContext } from "./context.ts";
import { deliveryEntries } from "./delivery-entry.ts";
import { fileFailure } from "./failures/file-failure.ts";
import { fileDeadLetter } from "./file-dead-letter.ts";
import { stepMessageSchema } from "./message.ts";
import type { Delivery, JobAnswer } from "./receive.ts";
import { repairTrace } from "./repair-trace.ts";
import { lockRun } from "./run-facts.ts";
import { failStep } from "./transitions.ts";

/** What QStash posts when it has given a message up. Its field types are not settled: read tolerantly. */
export const failureCallbackSchema = z.object({
  sourceMessageId: z.string(),
  sourceBody: z.string().describe("base64"),
  dlqId: z.string().optional(),
  status: z.coerce.number().optional(),
  retried: z.coerce.number().default(0),
});

/**
 * Files a message that QStash gave up under its step. A step that failed by itself gains the DLQ id; one that
 * was never reached, or not often enough, fails here. All the attempts that QStash charged are put down.
 */
export async function failDelivery(
  ctx: JobsContext,
  callback: z.output<typeof failureCallbackSchema>,
  delivery: Delivery,
): Promise<JobAnswer> {
  const message = stepMessageSchema.safeParse(readBase64Json(callback.sourceBody));
  if (!message.success) return { kind: "done", note: "not a step message" };
  const { runId, stepId, dispatch } = message.data;
  await ctx.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    const [step] = await tx.select().from(steps).where(eq(steps.id, stepId));
    if (run === undefined || step === undefined) return;
    const now = ctx.clock.now();
    const given = { messageId: callback.sourceMessageId, retried: callback.retried };
    const entries = [given, delivery].flatMap((one) =>
      deliveryEntries(run, { ...step, dispatch }, null, one, now),
    );
    await recordEntries(
      tx,
      entries.map((entry) => ({ ...entry, waste: "failed-delivery" as const })),
    );
    // A later dispatch has a message of its own; a running step is its worker's or the reconciler's.
    if (step.state === "queued" && step.dispatch === dispatch) {
      const failure = {
        code: "delivery_exhausted" as const,
        message: errorCodes.delivery_exhausted.sentence,
      };
      await failStep(tx, { ...run, stepId, step: step.name, fence: null }, failure, now);
      await releaseEnded(tx, run, now);
      const facts = { step: step.name, ...failure, provider: null, status: null };
      await fileFailure(tx, { run, stepId, dispatch, facts, filedBy: ctx.deployment }, now);
    }
    const { dlqId } = callback;
    if (dlqId !== undefined) await fileDeadLetter(tx, { dlqId, stepId, dispatch }, now);
  });
  await repairTrace(ctx, { runId, messageId: callback.sourceMessageId });
  return { kind: "done" };
}

function readBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
