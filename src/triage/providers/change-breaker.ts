import type { z } from "zod";
import type { AuditAction } from "../../db/audit-actions.ts";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import { closeByHand, endCoolDown, lockBreaker, openByHand } from "../../jobs/breaker/breaker-transitions.ts";
import { firstRelease, releaseBreakerHolds } from "../../jobs/breaker/release-breaker-holds.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { TriageContext } from "../context.ts";
import { findRepeated } from "../find-repeated.ts";
import { type Actor, recordAudit } from "../record-audit.ts";
import type { BreakerDeed, breakerChangeSchema, ProviderView } from "./provider-view.ts";
import { readProvider } from "./read-providers.ts";

const actions = {
  open: "provider.open",
  close: "provider.close",
  probe: "provider.probe",
} as const satisfies Record<BreakerDeed, AuditAction>;

/** What somebody does with which breaker. */
type BreakerChange = z.output<typeof breakerChangeSchema> & {
  readonly provider: BreakerProvider;
  readonly actor: Actor;
  readonly idempotencyKey: string | null;
};

/**
 * Opens or closes a provider's breaker, or ends its cool-down, with an audit entry in the same transaction. What is
 * so already stays so, without another entry. Afterwards the first of the held steps go on, or the oldest of
 * them tries; should the process die before that, the tick lets them go.
 * @returns the provider as it is then
 * @throws WaybillError breaker_not_cooling for a probe where there is no cool-down, idempotency_key_reused
 */
export async function changeBreaker(ctx: TriageContext, input: BreakerChange): Promise<ProviderView> {
  const { provider, deed } = input;
  const changed = await ctx.db.transaction((tx) => changeAudited(ctx, tx, input));
  if (changed && deed === "close") await releaseBreakerHolds(ctx, provider, firstRelease);
  if (changed && deed === "probe") await releaseBreakerHolds(ctx, provider, 1, "probe");
  return readProvider(ctx, provider);
}

/** @returns false where nothing was to be changed */
async function changeAudited(ctx: TriageContext, tx: Db, input: BreakerChange): Promise<boolean> {
  const { provider, deed, actor, idempotencyKey, reason = null } = input;
  const audited = { action: actions[deed], actor, idempotencyKey, request: { provider } } as const;
  const now = ctx.clock.now();
  const before = await lockBreaker(tx, provider);
  if ((await findRepeated(tx, audited)) !== undefined) return false;
  const by = { keyName: actor.keyName, reason };
  if (!(await moved(tx, { provider, deed, by }, now))) {
    if (deed === "probe")
      throw new WaybillError("breaker_not_cooling", { details: { provider, state: before.state } });
    return false;
  }
  const after = await lockBreaker(tx, provider);
  const facts = { before: { state: before.state }, after: { state: after.state } };
  await recordAudit(tx, { ...audited, ...facts, fileId: null, reason }, now);
  return true;
}

function moved(
  tx: Db,
  {
    provider,
    deed,
    by,
  }: {
    readonly provider: BreakerProvider;
    readonly deed: BreakerDeed;
    readonly by: Parameters<typeof openByHand>[2];
  },
  now: Date,
): Promise<boolean> {
  switch (deed) {
    case "open":
      return openByHand(tx, provider, by, now);
    case "close":
      return closeByHand(tx, provider, by, now);
    case "probe":
      return endCoolDown(tx, provider, now);
  }
}
