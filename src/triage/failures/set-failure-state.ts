import { eq } from "drizzle-orm";
import { failureGroups } from "../../db/schema/failures.ts";
import type { TriageContext } from "../context.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import { lockGroup } from "./lock-group.ts";

/** The state that a person gives a group. */
export type StateChange = { readonly reason?: string | undefined } & (
  | { readonly state: "open" }
  | {
      readonly state: "ignored";
      /** ISO 8601: from then on the group is open again. */
      readonly until?: string | undefined;
      /** So many more failures open it again. */
      readonly failures?: number | undefined;
    }
  | {
      readonly state: "resolved";
      /** The one that claims to mend it; left out: the one that takes the request. */
      readonly deployment?: string | undefined;
    }
);

/**
 * Opens, ignores or resolves a failure group, with an audit entry. What is resolved is claimed by a deployment, so that
 * failures of older workers and of attempts that had begun before bring it back no more.
 * @throws WaybillError failure_not_found, failure_merged
 */
export async function setFailureState(
  { db, clock, deployment: current }: Pick<TriageContext, "db" | "clock" | "deployment">,
  { id, change, actor }: { readonly id: string; readonly change: StateChange; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async (tx) => {
    const group = await lockGroup(tx, id);
    const now = clock.now();
    const { reason = null, state, ...how } = change;
    const until = "until" in how ? (how.until ?? null) : null;
    const more = "failures" in how ? (how.failures ?? null) : null;
    const deployment = "deployment" in how ? (how.deployment ?? null) : null;
    const resolvedIn = state === "resolved" ? (deployment ?? current) : null;
    await tx
      .update(failureGroups)
      .set({
        state,
        ignoredUntil: until === null ? null : new Date(until),
        ignoredToFailures: more === null ? null : group.failures + more,
        resolvedIn,
        resolvedAt: state === "resolved" ? now : null,
        regressedIn: null,
      })
      .where(eq(failureGroups.id, id));
    const entry = { action: "failure.set-state", fileId: null, idempotencyKey: null } as const;
    const request = { groupId: id, state, until, failures: more, deployment };
    const facts = { request, before: { state: group.state }, after: { state, resolvedIn } };
    await recordAudit(tx, { ...entry, ...facts, actor, reason }, now);
  });
}
