import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recordSpending } from "../../costs/ledger/record-spending.ts";
import { type FindingClass, reconciliationStages } from "../../db/reconciliation-states.ts";
import {
  type FindingCounts,
  reconciliationFindings,
  reconciliations,
} from "../../db/schema/reconciliations.ts";
import { scheduledEntry } from "../../jobs/delivery-entry.ts";
import { inJobSpan } from "../../jobs/in-job-span.ts";
import type { Delivery, JobAnswer } from "../../jobs/receive.ts";
import { sendReconciliation } from "../../jobs/send-reconciliation.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import { deriveId } from "../../kernel/ids.ts";
import { openReconciliation } from "./begin-reconciliation.ts";
import { checkDeadLetters } from "./check-dead-letters.ts";
import { checkFiles } from "./check-files.ts";
import { checkQueued } from "./check-queued.ts";
import { checkVectors } from "./check-vectors.ts";
import type { ReconciliationContext } from "./context.ts";
import type { Finding, Stage, StagePage } from "./finding.ts";

/** The message for a turn of a reconciliation; the schedule's has no body, and begins one. */
export const reconciliationMessageSchema = z.union([
  z.object({ reconciliationId: z.string(), turn: z.number().int() }),
  z.unknown().transform(() => null),
]);

/** For how long one delivery goes on, in ms; the rest is for the next turn. */
const turnMs = 30_000;
/** Most findings of a class that are kept; what is beyond is counted. */
export const keptFindings = 10_000;

type Row = typeof reconciliations.$inferSelect;

const checks: Readonly<
  Record<Stage, (ctx: ReconciliationContext, position: string | null) => Promise<StagePage>>
> = { "dead-letters": checkDeadLetters, queued: checkQueued, files: checkFiles, vectors: checkVectors };

/** Which column counts what a stage has read. */
const readColumn = {
  "dead-letters": "deadLetters",
  queued: "queuedSteps",
  files: "doneFiles",
  vectors: "vectors",
} as const satisfies Record<Stage, keyof Row>;

/**
 * A turn of a reconciliation: looks through the parts page by page and writes down each page's findings together
 * with the place where it goes on. What stops in between is carried on from there, by QStash or the tick.
 * @throws WaybillError provider_* when a part does not answer; QStash delivers again
 */
export function runReconciliation(
  ctx: ReconciliationContext,
  message: z.output<typeof reconciliationMessageSchema>,
  delivery: Delivery,
): Promise<JobAnswer> {
  return inJobSpan(ctx, "reconcile", delivery, async (span) => {
    await recordSpending(ctx, [scheduledEntry("reconcile", delivery, ctx.clock.now())]);
    const row = await takeUp(ctx, message);
    if (row === undefined) return { kind: "done", note: "nothing to do" };
    const left = await goThrough(ctx, row);
    if (left !== null) await sendNext(ctx, left);
    span.log.info({ reconciliationId: row.id, stage: left?.stage ?? "done" }, "reconciliation");
    return { kind: "done" };
  });
}

/** The reconciliation that a message is for, as long as no later message took over. */
async function takeUp(
  ctx: ReconciliationContext,
  message: z.output<typeof reconciliationMessageSchema>,
): Promise<Row | undefined> {
  const opened = message === null ? await openReconciliation(ctx, null) : null;
  if (opened !== null && !opened.begun) return undefined;
  const id = message?.reconciliationId ?? opened?.id ?? "";
  const [row] = await ctx.db.select().from(reconciliations).where(eq(reconciliations.id, id));
  if (row === undefined || row.finishedAt !== null) return undefined;
  return message === null || message.turn === row.turn ? row : undefined;
}

/** Goes on until the end, or for as long as a turn may take. @returns what is left; null: nothing, or another's */
async function goThrough(ctx: ReconciliationContext, begun: Row): Promise<Row | null> {
  const until = ctx.clock.now().getTime() + turnMs;
  let row = begun;
  while (row.stage !== "done" && ctx.clock.now().getTime() < until) {
    const { stage, position } = row;
    const page = await checks[stage](ctx, position).catch((error: unknown) => beginAnew(position, error));
    faultPoint("reconciliation.read");
    const next = await keepPage(ctx, row, stage, page);
    if (next === undefined) return null;
    faultPoint("reconciliation.kept");
    row = next;
  }
  return row.stage === "done" ? null : row;
}

/** A list's cursor that its server takes no more would be refused for ever: the stage begins anew. */
function beginAnew(position: string | null, error: unknown): StagePage {
  const refused = error instanceof WaybillError && error.code === "provider_refused";
  if (position === null || !refused) throw error;
  return { read: 0, findings: [], position: "" };
}

/** Writes a page down. @returns the row as it is then; undefined when another worker has written this page */
async function keepPage(
  ctx: ReconciliationContext,
  row: Row,
  stage: Stage,
  page: StagePage,
): Promise<Row | undefined> {
  const now = ctx.clock.now();
  const next = page.position === null ? nextStage(stage) : stage;
  return ctx.db.transaction(async (tx) => {
    const [locked] = await tx
      .select({ page: reconciliations.page })
      .from(reconciliations)
      .where(and(eq(reconciliations.id, row.id), eq(reconciliations.page, row.page)))
      .for("update");
    if (locked === undefined) return undefined;
    const fresh = withinCap(row.found, page.findings);
    const values = fresh.map((finding) => ({
      ...finding,
      id: deriveId("find", row.id, finding.class, finding.subject),
      reconciliationId: row.id,
      foundAt: now,
    }));
    const kept =
      values.length === 0
        ? []
        : await tx
            .insert(reconciliationFindings)
            .values(values)
            .onConflictDoNothing()
            .returning({ class: reconciliationFindings.class });
    const beyond = page.findings.filter((finding) => !fresh.includes(finding));
    const [written] = await tx
      .update(reconciliations)
      .set({
        stage: next,
        position: page.position === "" ? null : page.position,
        page: row.page + 1,
        found: counted(row.found, [...kept, ...beyond]),
        [readColumn[stage]]: row[readColumn[stage]] + page.read,
        heartbeatAt: now,
        finishedAt: next === "done" ? now : null,
      })
      .where(eq(reconciliations.id, row.id))
      .returning();
    return written;
  });
}

function nextStage(stage: Stage) {
  return reconciliationStages[reconciliationStages.indexOf(stage) + 1] ?? "done";
}

function withinCap(found: FindingCounts, findings: readonly Finding[]): readonly Finding[] {
  const room = new Map<FindingClass, number>();
  return findings.filter((finding) => {
    const left = room.get(finding.class) ?? keptFindings - (found[finding.class] ?? 0);
    room.set(finding.class, left - 1);
    return left > 0;
  });
}

function counted(found: FindingCounts, more: readonly { class: FindingClass }[]): FindingCounts {
  const sums: Partial<Record<FindingClass, number>> = { ...found };
  for (const finding of more) sums[finding.class] = (sums[finding.class] ?? 0) + 1;
  return sums;
}

async function sendNext(ctx: ReconciliationContext, row: Row): Promise<void> {
  const [next] = await ctx.db
    .update(reconciliations)
    .set({ turn: sql`${reconciliations.turn} + 1` })
    .where(and(eq(reconciliations.id, row.id), eq(reconciliations.turn, row.turn)))
    .returning({ turn: reconciliations.turn });
  if (next) await sendReconciliation(ctx, { reconciliationId: row.id, turn: next.turn });
}
