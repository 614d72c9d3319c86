import { and, asc, count, eq, inArray, isNull } from "drizzle-orm";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import { reconciliationFindings as findings } from "../../db/schema/reconciliations.ts";
import { dropDeadLetters } from "../../jobs/drop-dead-letters.ts";
import { recordAudit } from "../record-audit.ts";
import { getReconciliation } from "./read-reconciliations.ts";
import type { Repaired } from "./reconciliation-view.ts";
import { type RepairContext, type Repairer, repairFinding } from "./repair-finding.ts";

/** Most findings of one call; the answer says how many are left. */
const batchSize = 100;

/** Which findings are to be put right: all open ones of a class, or those that are named. */
export type RepairChoice = { readonly class: FindingClass } | { readonly findings: readonly string[] };

/**
 * Puts open findings of a reconciliation right, a hundred at most. What is asked is in the audit log before
 * anything is done; what is done is put down finding by finding, so a call that is cut short is asked again.
 * @throws WaybillError reconciliation_not_found; provider_* when a part does not answer
 */
export async function repairReconciliation(
  ctx: RepairContext,
  reconciliationId: string,
  choice: RepairChoice,
  by: Repairer,
): Promise<Repaired> {
  await getReconciliation(ctx, reconciliationId);
  const open = and(
    eq(findings.reconciliationId, reconciliationId),
    isNull(findings.repairedAt),
    "class" in choice ? eq(findings.class, choice.class) : inArray(findings.id, [...choice.findings]),
  );
  const chosen = await ctx.db.select().from(findings).where(open).orderBy(asc(findings.id)).limit(batchSize);
  if (chosen.length > 0) {
    const named = "class" in choice ? choice.class : chosen.map(({ id }) => id).join(" ");
    const change = { action: "reconciliation.repair", fileId: null, idempotencyKey: null } as const;
    const request = { reconciliationId, findings: named };
    const facts = { request, before: { open: chosen.length }, after: {} };
    await recordAudit(ctx.db, { ...change, ...facts, ...by }, ctx.clock.now());
  }
  const done = { repaired: 0, gone: 0 };
  for (const finding of chosen) {
    const outcome = await repairFinding(ctx, finding, by);
    await ctx.db
      .update(findings)
      .set({ outcome, repairedAt: ctx.clock.now() })
      .where(and(eq(findings.id, finding.id), isNull(findings.repairedAt)));
    done[outcome] += 1;
  }
  await dropDeadLetters(ctx);
  const [rest] = await ctx.db.select({ left: count() }).from(findings).where(open);
  return { ...done, left: rest?.left ?? 0 };
}
