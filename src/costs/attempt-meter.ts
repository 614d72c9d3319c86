import { sql } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { providerCalls } from "../db/schema/costs.ts";
import type { WasteKind } from "../db/waste-kinds.ts";
import { WaybillError } from "../kernel/errors.ts";
import { deriveId } from "../kernel/ids.ts";
import type { CallWatch } from "../providers/call-watch.ts";
import { providersOf } from "../providers/provider-of-meter.ts";
import type { NewEntry, Spent, SpentBy } from "./ledger/record-entries.ts";

/** What was spent, and why for nothing where it was. */
type SpentOn = Spent & { readonly waste?: WasteKind };

/** A call of a provider that was written down before it was made. Until it is settled its estimate stands. */
interface ProviderCall {
  /** Makes the call. One that the provider refuses costs nothing; after any other fault the estimate stands. */
  make<Answer>(call: () => Promise<Answer>): Promise<Answer>;
  /** Puts the real amounts down in the estimate's place. */
  settle(actual: readonly SpentOn[]): void;
}

/** Counts what one attempt spends. */
export interface AttemptMeter {
  /**
   * Writes down that a provider is about to be called, with what that may cost, so that a crash during or after
   * the call is not forgotten.
   * @throws WaybillError lease_lost when the attempt was given up meanwhile: then it must not buy
   */
  begin(estimate: readonly Spent[]): Promise<ProviderCall>;
  /** Puts down an amount that no provider call stands for. */
  count(spent: SpentOn): void;
  /** The entries for the commit. */
  entries(): readonly NewEntry[];
}

type Line = SpentOn & { readonly estimated: boolean };

/** A meter for one attempt; how the calls end is seen by `watch`. */
export function createAttemptMeter(
  ctx: DbContext,
  by: SpentBy & { attemptId: string; reservationId: string },
  watch: CallWatch,
): AttemptMeter {
  const lines = new Map<string, Line>();
  let calls = 0;
  let counted = 0;
  const put = (from: number, spent: readonly SpentOn[], estimated: boolean) => {
    for (const [at, line] of spent.entries()) lines.set(callKey(from + at), { ...line, estimated });
  };
  return {
    async begin(estimate) {
      const from = calls;
      // Room for one line more than was expected: what turns out to have been for nothing is a line of its own.
      calls += estimate.length + 1;
      await beginCalls(ctx, by.attemptId, from, estimate);
      put(from, estimate, true);
      const drop = () => {
        for (let at = 0; at <= estimate.length; at += 1) lines.delete(callKey(from + at));
      };
      const [provider] = providersOf(estimate);
      return {
        async make(call) {
          try {
            return await (provider === undefined ? call() : watch.watch(provider, call));
          } catch (error) {
            if (isFreeOfCharge(error)) drop();
            throw error;
          }
        },
        settle(actual) {
          drop();
          put(from, actual, false);
        },
      };
    },
    count: (spent) => {
      lines.set(`${spent.meter} ${spent.model} ${counted}`, { ...spent, estimated: false });
      counted += 1;
    },
    entries: () =>
      [...lines].map(([key, line]) => ({
        ...by,
        ...line,
        id: deriveId("entry", by.attemptId, key),
        at: ctx.clock.now(),
      })),
  };
}

/** The name of a call among what its attempt spent: a part of its entry's id. */
export function callKey(call: number): string {
  return `call-${call}`;
}

async function beginCalls(
  ctx: DbContext,
  attemptId: string,
  from: number,
  estimate: readonly Spent[],
): Promise<void> {
  if (estimate.length === 0) return;
  const rows = estimate.map((line, at) => ({
    ...line,
    id: deriveId("call", attemptId, from + at),
    call: from + at,
  }));
  const begun = await ctx.db.execute(sql`
    insert into provider_calls (id, attempt_id, call, meter, provider, model, quantity, state, created_at)
    select line.id, attempt.id, call, meter, provider, model, quantity, 'open', ${ctx.clock.now().toISOString()}::timestamptz
    from (select id from attempts where id = ${attemptId} and outcome = 'running' for share) attempt,
      jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as line(
        id text, call int, meter text, provider text, model text, quantity bigint)`);
  // What a worker bought after its attempt was given up would be in nobody's ledger.
  if (begun.rowCount !== rows.length) throw new WaybillError("lease_lost");
}

/**
 * A provider that answers with a fault of its own or of ours has done no work. Where no answer came, or a
 * gateway in between answered for it, it may have.
 */
function isFreeOfCharge(error: unknown): boolean {
  const status = error instanceof WaybillError ? error.details.status : undefined;
  return typeof status === "number" && ![408, 502, 504].includes(status);
}

/** Closes an attempt's provider calls: called by its commit, in the same transaction as its entries. */
export async function settleCalls(tx: DbContext["db"], attemptId: string): Promise<void> {
  await tx
    .update(providerCalls)
    .set({ state: "settled" })
    .where(sql`${providerCalls.attemptId} = ${attemptId} and ${providerCalls.state} = 'open'`);
}
