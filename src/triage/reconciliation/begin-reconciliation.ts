import { desc } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { reconciliations } from "../../db/schema/reconciliations.ts";
import { sendReconciliation } from "../../jobs/send-reconciliation.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { ReconciliationContext } from "./context.ts";

/** Who asks for a reconciliation, and why; null is the schedule. */
export type Asker = { readonly actor: Actor; readonly reason: string | null } | null;

/**
 * Begins to hold QStash, Postgres and the vector index against each other; one that is under way is joined. It is
 * done by `/api/jobs/reconcile`, whose message is sent here.
 * @returns its id
 */
export async function beginReconciliation(ctx: ReconciliationContext, asker: Asker): Promise<string> {
  const { id, begun } = await openReconciliation(ctx, asker);
  if (begun) await sendReconciliation(ctx, { reconciliationId: id, turn: 1 });
  return id;
}

/** The same without the message, for whoever goes on with it at once. */
export async function openReconciliation(
  ctx: Pick<ReconciliationContext, "db" | "clock">,
  asker: Asker,
): Promise<{ id: string; begun: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const id = newId("recon", now);
    const keyId = asker?.actor.keyId ?? null;
    // Of two at once the second waits here for the first, and then finds it.
    const made = await tx
      .insert(reconciliations)
      .values({ id, stage: "dead-letters", keyId, startedAt: now, heartbeatAt: now })
      .onConflictDoNothing()
      .returning({ id: reconciliations.id });
    if (made.length === 0) return { id: await newestId(tx), begun: false };
    if (asker !== null) {
      const { actor, reason } = asker;
      const change = { action: "reconciliation.begin", fileId: null, idempotencyKey: null } as const;
      const facts = { request: {}, before: {}, after: { reconciliationId: id } };
      await recordAudit(tx, { ...change, ...facts, actor, reason }, now);
    }
    return { id, begun: true };
  });
}

/** The one that is under way, or that ended this very moment. */
async function newestId(tx: Db): Promise<string> {
  const [row] = await tx
    .select({ id: reconciliations.id })
    .from(reconciliations)
    .orderBy(desc(reconciliations.startedAt), desc(reconciliations.id))
    .limit(1);
  if (row === undefined) throw new WaybillError("internal_error", { internal: "no reconciliation" });
  return row.id;
}
