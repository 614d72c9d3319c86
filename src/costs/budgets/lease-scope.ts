import type { DbContext } from "../../db/context.ts";
import type { Spent } from "../ledger/record-entries.ts";
import { refusedBy } from "./refused-by.ts";
import { settleLease } from "./settle-lease.ts";
import { type BlockLine, type Lease, takeLease } from "./take-lease.ts";

/** Something that is bought at once, without a step: for whom, and the most that it may buy, line by line. */
export interface Spending {
  readonly projectId: string;
  readonly step: string;
  readonly lines: readonly Spent[];
}

/** What one purchase may take out of a lease. */
export interface Share {
  /**
   * Says what was bought, by the places of the lines; what was not is there for others. The last that shares a
   * lease puts down what all have bought, before this resolves.
   */
  settle(bought: ReadonlyMap<number, number>): Promise<void>;
}

/** Purchases that may share leases: alike in all but their quantities. */
export interface LeaseScope {
  /** Sets aside the most that a purchase may cost. @throws WaybillError budget_exhausted */
  take(quantities: readonly number[]): Promise<Share>;
}

/** For how long a lease is shared with those who come, in ms: by so much may an entry be late. */
const openMs = 1_000;
/** Most purchases that a lease has room for beyond those that wait for it. */
const mostSpare = 1_024;
/** Most of those that wait that are served by one lease. */
const mostWaiting = 256;

/** A lease that purchases are under way with: what it has left of each line, and what was bought. */
interface SharedLease {
  readonly id: string;
  readonly left: number[];
  readonly bought: number[];
  readonly untilMs: number;
  users: number;
  served: number;
}

interface Waiting {
  readonly quantities: readonly number[];
  readonly resolve: (share: Share) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A scope that has no lease yet.
 * @param like one of its purchases
 * @param idle called when nothing is under way any more: it may be forgotten
 */
export function createLeaseScope(ctx: DbContext, like: Spending, idle: () => void): LeaseScope {
  const waiting: Waiting[] = [];
  /** The lease that has room for those who come. */
  let open: SharedLease | null = null;
  /** For how many more than those that wait the next one should have room. */
  let spare = 0;
  let taking = false;

  /** The open lease, where it has room for this; one that has not, or is over, is open no more. */
  function findOpen(quantities: readonly number[]): SharedLease | null {
    if (open === null) return null;
    const over = ctx.clock.monotonicMs() >= open.untilMs;
    if (!over && open.left.every((left, place) => left >= (quantities[place] ?? 0))) return open;
    spare = Math.min(mostSpare, over ? open.served : 2 * open.served);
    open = null;
    return null;
  }

  /** Takes leases for those who wait, one after the other. Never rejects: what goes wrong is told to them. */
  async function serveWaiting(): Promise<void> {
    taking = true;
    while (waiting.length > 0) await serve(waiting.splice(0, mostWaiting));
    taking = false;
    if (open === null) idle();
  }

  async function serve(asking: readonly Waiting[]): Promise<void> {
    try {
      const taken = await takeLease(ctx, like, blockFor(like.lines, asking, spare));
      if ("quantities" in taken) {
        const lease = beginLease(taken, ctx.clock.monotonicMs() + openMs);
        open = lease;
        // All have theirs before the first goes on: it must not find itself the last.
        const served = asking.map((one) => ({ ...one, share: shareOf(lease, one.quantities) }));
        for (const one of served) one.resolve(one.share);
        return;
      }
      if (asking.length === 1) throw await refusedBy(ctx.db, taken);
    } catch (error) {
      for (const { reject } of asking) reject(error);
      return;
    }
    // There is no room for all of them together: each by itself, as far as the money reaches.
    spare = 0;
    for (const one of asking) await serve([one]);
  }

  function shareOf(lease: SharedLease, quantities: readonly number[]): Share {
    add(lease.left, quantities, -1);
    lease.users += 1;
    lease.served += 1;
    return {
      async settle(bought) {
        const spent = quantities.map((_, place) => bought.get(place) ?? 0);
        add(lease.left, quantities, 1);
        add(lease.left, spent, -1);
        add(lease.bought, spent, 1);
        lease.users -= 1;
        if (lease.users === 0) await endLease(lease);
      },
    };
  }

  async function endLease(lease: SharedLease): Promise<void> {
    if (open === lease) {
      open = null;
      spare = 0;
      if (!taking) idle();
    }
    const lines = like.lines.map((line, place) => ({ ...line, place, quantity: lease.bought[place] ?? 0 }));
    const of = { id: lease.id, at: ctx.clock.now(), estimated: false };
    await settleLease(ctx, { projectId: like.projectId, step: like.step, lines }, of);
  }

  return {
    async take(quantities) {
      const lease = findOpen(quantities);
      if (lease !== null) return shareOf(lease, quantities);
      return new Promise((resolve, reject) => {
        waiting.push({ quantities, resolve, reject });
        if (!taking) void serveWaiting();
      });
    },
  };
}

/** What those who wait need, and as much again for each that is to come as the mean of them. */
function blockFor(lines: readonly Spent[], asking: readonly Waiting[], spare: number): BlockLine[] {
  return lines.map((line, place) => {
    const quantity = asking.reduce((sum, { quantities }) => sum + (quantities[place] ?? 0), 0);
    return { ...line, quantity, spare: Math.ceil((quantity / asking.length) * spare) };
  });
}

function beginLease({ id, quantities }: Lease, untilMs: number): SharedLease {
  return { id, left: [...quantities], bought: quantities.map(() => 0), untilMs, users: 0, served: 0 };
}

function add(sums: number[], quantities: readonly number[], sign: 1 | -1): void {
  for (const [place, quantity] of quantities.entries()) sums[place] = (sums[place] ?? 0) + sign * quantity;
}
