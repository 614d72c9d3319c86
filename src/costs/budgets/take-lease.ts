import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { newId } from "../../kernel/ids.ts";
import type { Spent } from "../ledger/record-entries.ts";
import { priceAt } from "../prices/price-at.ts";
import { passGate } from "./budget-gate.ts";
import { budgetKeys } from "./budget-keys.ts";
import { type Refusal, reserve } from "./reserve.ts";

/** A line of a block: how much is needed of it now, and how much more would do. */
export interface BlockLine extends Spent {
  readonly spare: number;
}

/** What was set aside for a process: how much it may buy of each line. */
export interface Lease {
  readonly id: string;
  readonly quantities: readonly number[];
}

/** Of what the tightest budget has free, a block takes no more than one part in so many beyond what is needed. */
const sparePart = 16n;

const nano = z.string().transform(BigInt);
const rowSchema = z.object({ per: nano, unit: nano, free: nano.nullable() });

/**
 * Sets a block of money aside for purchases that come at once, in one reservation: what they need, and as much
 * more of the spare as leaves the budgets room for others. All or nothing of what is needed.
 * @returns the lease; or, where a hard budget has no room, which one
 */
export function takeLease(
  { db, clock }: DbContext,
  { projectId, step }: { readonly projectId: string; readonly step: string },
  block: readonly BlockLine[],
): Promise<Lease | Refusal> {
  return db.transaction(async (tx) => {
    const now = clock.now();
    const id = newId("res", now);
    const keys = budgetKeys({ projectId, step, fileId: null });
    const prices = await readPrices(tx, { keys, block, now });
    const quantities = fitBlock(block, prices);
    const lines = block.map(({ spare: _, ...line }, place) => ({
      ...line,
      place,
      quantity: quantities[place] ?? 0,
    }));
    const ask = {
      id,
      keys,
      workNanoUsd: costOf(quantities, prices),
      messagesNanoUsd: 0n,
      workMs: 0,
      rank: now,
      step: null,
      // What the tick puts down should this process die (settle-abandoned.ts).
      spending: { projectId, step, lines },
    };
    const [refused] = await reserve(tx, [ask], { now });
    return refused ?? { id, quantities };
  });
}

interface BlockPrices {
  /** Nano-USD per so many units, of each line. */
  readonly units: readonly { readonly unit: bigint; readonly per: bigint }[];
  /** What the tightest hard budget has free, about; null where there is none. */
  readonly free: bigint | null;
}

/** Passes the budget gate too. What is free is a hint: whether the block fits is decided when it is reserved. */
async function readPrices(
  tx: Db,
  of: { keys: readonly string[]; block: readonly BlockLine[]; now: Date },
): Promise<BlockPrices> {
  const lines = of.block.map(({ meter, provider, model }, place) => ({ place, meter, provider, model }));
  const { rows } = await tx.execute(sql`
    select coalesce(price.nano_usd, 0)::text as unit, coalesce(per_units, 1)::text as per, free::text, (select ${passGate})::text
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line(place int, meter text, provider text, model text)
    left join lateral ${priceAt("line", sql`${of.now.toISOString()}::timestamptz`)} price on true
    cross join lateral (select min(limit_nano_usd - settled_nano_usd - reserved_nano_usd) as free
      from budget_accounts where mode = 'hard' and key = any(${sql.param([...of.keys])}::text[])) room
    order by place`);
  const read = z.array(rowSchema).parse(rows);
  return { units: read.map(({ unit, per }) => ({ unit, per })), free: read[0]?.free ?? null };
}

/** What is needed, and of the spare as much as may be taken. */
function fitBlock(block: readonly BlockLine[], prices: BlockPrices): number[] {
  const needed = block.map(({ quantity }) => quantity);
  const spareCost = costOf(
    block.map(({ spare }) => spare),
    prices,
  );
  const room = prices.free === null ? spareCost : prices.free / sparePart;
  const takesAll = spareCost <= room;
  const share = takesAll ? 1 : Math.max(0, Number(room) / Number(spareCost));
  return block.map(({ spare }, place) => (needed[place] ?? 0) + Math.floor(spare * share));
}

/** Rounded up, line by line: one entry is made of each, which is rounded by itself. */
function costOf(quantities: readonly number[], { units }: BlockPrices): bigint {
  return units.reduce(
    (sum, { unit, per }, place) => sum + (BigInt(quantities[place] ?? 0) * unit + per - 1n) / per,
    0n,
  );
}
