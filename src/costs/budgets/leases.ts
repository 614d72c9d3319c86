import type { DbContext } from "../../db/context.ts";
import { createLeaseScope, type LeaseScope, type Share, type Spending } from "./lease-scope.ts";

/**
 * The money that this process has leased. Purchases of one kind that overlap share a lease, so that a budget's
 * account is moved once for many of them; one that is alone has a lease to itself. How hot a scope is shows by
 * that alone: a lease that was used up is followed by one for twice as many as it served, and one that fell idle
 * by one for those that ask. Nothing is owed in memory while no purchase is under way: so a process may be stopped
 * between two requests, and no timer is needed. What one owes that dies in between is put down by the tick.
 */
export interface Leases {
  /** Sets aside the most that a purchase may cost. @throws WaybillError budget_exhausted */
  take(spending: Spending): Promise<Share>;
}

/** The leases of a process that has none yet. */
export function createLeases(ctx: DbContext): Leases {
  const scopes = new Map<string, LeaseScope>();
  return {
    take(spending) {
      const { projectId, step, lines } = spending;
      const kinds = lines.map(({ meter, provider, model }) => [meter, provider, model]);
      const key = JSON.stringify([projectId, step, kinds]);
      const scope = scopes.get(key) ?? createLeaseScope(ctx, spending, () => scopes.delete(key));
      scopes.set(key, scope);
      return scope.take(lines.map(({ quantity }) => quantity));
    },
  };
}
