import { eq } from "drizzle-orm";
import { recordSpending } from "../../costs/ledger/record-spending.ts";
import type { FindingOutcome } from "../../db/reconciliation-states.ts";
import { spentDeadLetters } from "../../db/schema/dead-letters.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import type { reconciliationFindings } from "../../db/schema/reconciliations.ts";
import { steps } from "../../db/schema/steps.ts";
import { fileDeadLetter } from "../../jobs/file-dead-letter.ts";
import { publishQuietly } from "../../jobs/publish-outbox.ts";
import { sendAgain } from "../../jobs/reconcile.ts";
import { lockRun } from "../../jobs/run-facts.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { deriveId, newTraceId } from "../../kernel/ids.ts";
import { meters, spanNames } from "../../telemetry/names.ts";
import type { TriageContext } from "../context.ts";
import type { Actor } from "../record-audit.ts";
import { requeueFile } from "../requeue-file.ts";
import type { ReconciliationContext } from "./context.ts";
import { missingVectors } from "./missing-vectors.ts";
import { ownedVectors } from "./owned-vectors.ts";

/** What a repair needs of the outside world. */
export type RepairContext = TriageContext & ReconciliationContext;

type FindingRow = typeof reconciliationFindings.$inferSelect;

/** Who repairs, and why. */
export interface Repairer {
  readonly actor: Actor;
  readonly reason: string | null;
}

/**
 * Puts one finding right. Each case is decided again, under the lock of the run where there is one: what has
 * agreed again meanwhile is left as it is, and a repair that is done twice does nothing the second time.
 * @throws WaybillError provider_* when a part does not answer
 */
export async function repairFinding(
  ctx: RepairContext,
  finding: FindingRow,
  by: Repairer,
): Promise<FindingOutcome> {
  switch (finding.class) {
    case "dead-letter-but-done":
    case "dead-letter-unknown":
      return removeDeadLetter(ctx, finding);
    case "queued-but-unknown":
      return resend(ctx, finding);
    case "done-without-vectors":
      return indexAgain(ctx, finding, by);
    case "vectors-without-owner":
      return removeVector(ctx, finding);
  }
}

/** Put down as spent: it leaves QStash after the batch, or with the next tick. */
async function removeDeadLetter(ctx: RepairContext, { subject, facts }: FindingRow): Promise<FindingOutcome> {
  const now = ctx.clock.now();
  const { runId, stepId, dispatch } = facts;
  return ctx.db.transaction(async (tx) => {
    const [step] = await tx
      .select()
      .from(steps)
      .where(eq(steps.id, String(stepId)));
    if (step === undefined) {
      await tx.insert(spentDeadLetters).values({ dlqId: subject, createdAt: now }).onConflictDoNothing();
      return "repaired";
    }
    await lockRun(tx, String(runId));
    const letter = { dlqId: subject, stepId: step.id, dispatch: Number(dispatch) };
    return (await fileDeadLetter(tx, letter, now)) ? "gone" : "repaired";
  });
}

async function resend(ctx: RepairContext, { subject, facts }: FindingRow): Promise<FindingOutcome> {
  const [step] = await ctx.db.select().from(steps).where(eq(steps.id, subject));
  if (step?.state !== "queued" || step.dispatch !== facts.dispatch) return "gone";
  if (!(await sendAgain(ctx, step))) return "gone";
  await publishQuietly(ctx, { runIds: [step.runId] });
  return "repaired";
}

async function indexAgain(
  ctx: RepairContext,
  { subject: fileId, facts }: FindingRow,
  { actor, reason }: Repairer,
): Promise<FindingOutcome> {
  const missing = await missingVectors(ctx, String(facts.project), [fileId]);
  if (missing.length === 0) return "gone";
  try {
    await requeueFile(ctx, { fileId, from: "index", reason, idempotencyKey: null, actor });
    return "repaired";
  } catch (error) {
    // Somebody was faster: it is being done again.
    if (error instanceof WaybillError && error.code === "file_in_progress") return "gone";
    throw error;
  }
}

/**
 * Deletes a vector while it holds the lock of its file's newest run: none of the file's runs can get chunks
 * meanwhile, so what has no owner under the lock has none when it is deleted.
 */
async function removeVector(ctx: RepairContext, finding: FindingRow): Promise<FindingOutcome> {
  const slug = String(finding.facts.project);
  const [project] = await ctx.db.select().from(projects).where(eq(projects.slug, slug));
  if (project === undefined) return "gone";
  // First, since the ledger never shows less than was spent.
  await recordSpending(ctx, [deletion(project.id, finding, ctx.clock.now())]);
  return ctx.db.transaction(async (tx) => {
    if (finding.fileId !== null) {
      const [file] = await tx
        .select({ runId: files.latestRunId })
        .from(files)
        .where(eq(files.id, finding.fileId));
      if (file) await lockRun(tx, file.runId);
    }
    if ((await ownedVectors(tx, project.id, [finding.subject])).size > 0) return "gone";
    const ids = { traceId: newTraceId(), parentSpanId: null };
    const span = ctx.telemetry.tracer.start(spanNames.process("reconcile"), ids, { kind: "internal" });
    try {
      return (await ctx.vector.remove(span, slug, [finding.subject])) > 0 ? "repaired" : "gone";
    } finally {
      span.end();
    }
  });
}

function deletion(projectId: string, finding: FindingRow, at: Date) {
  return {
    id: deriveId("entry", "repair", finding.id),
    ...{ projectId, fileId: null, runId: null, stepId: null, step: "reconcile", attemptId: null },
    ...{ meter: meters.vectorWrites, provider: "upstash", model: "*", quantity: 1, estimated: false, at },
  };
}
