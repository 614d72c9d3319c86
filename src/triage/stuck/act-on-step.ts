import { and, eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { steps } from "../../db/schema/steps.ts";
import type { StuckAction } from "../../db/stuck-states.ts";
import { publishQuietly } from "../../jobs/publish-outbox.ts";
import { hasEnded, lockRun, type RunFacts } from "../../jobs/run-facts.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { requestLog } from "../../telemetry/request-log.ts";
import type { TriageContext } from "../context.ts";
import { findRepeated } from "../find-repeated.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { actionsOn } from "./may-act.ts";
import { type Acted, actedSchema } from "./stuck-view.ts";

/** On which step somebody acts, and who. */
export interface StepAction {
  readonly stepId: string;
  readonly actor: Actor;
  readonly reason: string | null;
  /** The same key twice is one action, with the same answer. */
  readonly idempotencyKey: string | null;
}

/** Changes a step under its run's lock. `after`, its last act, is for rows that others wait for. */
type Change = (
  tx: Db,
  on: { readonly run: RunFacts; readonly step: typeof steps.$inferSelect; readonly now: Date },
) => Promise<{ readonly after?: () => Promise<void> }>;

/**
 * Does one action on a step that waits, with an audit entry in the same transaction. The message that the step had
 * is called back after it; should the process die before, that message is late: no worker takes a dispatch that
 * was replaced. What is to be sent now, the tick sends at the latest.
 * @returns what became of the step, and the message that it had
 * @throws WaybillError step_not_found, step_not_waiting, idempotency_key_reused
 */
export async function actOnStep(
  ctx: TriageContext,
  action: StuckAction,
  { stepId, actor, reason, idempotencyKey }: StepAction,
  change: Change,
): Promise<{ acted: Acted; runId: string; messageId: string | null }> {
  const audited = { action: `step.${action}`, actor, idempotencyKey, request: { stepId } } as const;
  const done = await ctx.db.transaction(async (tx) => {
    const run = await lockRun(tx, (await readStep(tx, stepId)).runId);
    if (run === undefined) throw new WaybillError("step_not_found", { details: { stepId } });
    const now = ctx.clock.now();
    const repeated = await findRepeated(tx, audited);
    const { fileId, runId } = run;
    if (repeated !== undefined)
      return { acted: actedSchema.parse({ stepId, fileId, ...repeated }), runId, messageId: null };
    const step = await readStep(tx, stepId);
    if (hasEnded(run) || !actionsOn(step, now).includes(action))
      throw new WaybillError("step_not_waiting", { details: { state: step.state } });
    const messageId = await messageOf(tx, step);
    const { after } = await change(tx, { run, step, now });
    const { state } = await readStep(tx, stepId);
    const acted = actedSchema.parse({ stepId, fileId, state });
    const facts = { before: { state: step.state, error: step.errorCode }, after: { state } };
    await recordAudit(tx, { ...audited, ...facts, fileId, reason }, now);
    await after?.();
    return { acted, runId, messageId };
  });
  const log = requestLog(ctx.log);
  await publishQuietly(ctx, { runIds: [done.runId] }, log);
  if (done.messageId !== null)
    await ctx.queue.cancel(done.messageId).catch((error: unknown) => {
      log.warn({ err: error, stepId }, "a message could not be called back; its delivery will do nothing");
    });
  return done;
}

async function readStep(tx: Db, stepId: string) {
  const [step] = await tx.select().from(steps).where(eq(steps.id, stepId));
  if (step === undefined) throw new WaybillError("step_not_found", { details: { stepId } });
  return step;
}

/** The message that QStash has of the step's dispatch, if it was sent one. */
async function messageOf(tx: Db, step: typeof steps.$inferSelect): Promise<string | null> {
  const [sent] = await tx
    .select({ messageId: outbox.messageId })
    .from(outbox)
    .where(and(eq(outbox.stepId, step.id), eq(outbox.dispatch, step.dispatch)));
  return sent?.messageId ?? null;
}
