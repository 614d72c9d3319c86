import { and, eq, gt, max, min, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { priceCorrections, prices } from "../../db/schema/costs.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { lastEntryAt } from "./last-entry-at.ts";
import type { NewPrice } from "./new-price.ts";
import { units } from "./units.ts";

/** How long a price waits for those who record entries at this moment, in ms. */
const lockTimeoutMs = 5_000;

/**
 * Adds a price to the book, from now on, from a later time, or from an earlier one: then the entries from that
 * time on are to be corrected (costs/prices/correct-entries.ts). The price before stays in the book.
 *
 * Nobody prices an entry from here until the transaction ends, and who then does finds the new price: so every
 * entry that is not yet in the ledger is right, and every one that is there is known. End soon after.
 * @throws WaybillError price_book_busy
 */
export async function addPrice(
  tx: Db,
  price: NewPrice,
  now: Date,
): Promise<{ priceId: string; correctionId: string | null }> {
  await shutBook(tx);
  const sameKey = and(
    eq(prices.meter, price.meter),
    eq(prices.provider, price.provider),
    eq(prices.model, price.model),
  );
  const [before] = await tx
    .select({ revision: max(prices.revision) })
    .from(prices)
    .where(and(sameKey, eq(prices.effectiveFrom, price.effectiveFrom)));
  const priceId = newId("price", now);
  const revision = (before?.revision ?? 0) + 1;
  await tx.insert(prices).values({ ...price, id: priceId, unit: units[price.meter], revision, addedAt: now });

  const [later] = await tx
    .select({ from: min(prices.effectiveFrom) })
    .from(prices)
    .where(and(sameKey, gt(prices.effectiveFrom, price.effectiveFrom)));
  const last = await lastEntryAt(tx, price.meter);
  if (last === null || last < price.effectiveFrom) return { priceId, correctionId: null };
  const afterLast = new Date(last.getTime() + 1);
  const correctionId = newId("corr", now);
  await tx.insert(priceCorrections).values({
    id: correctionId,
    priceId,
    fromAt: price.effectiveFrom,
    untilAt: later?.from && later.from < afterLast ? later.from : afterLast,
    state: "running",
    startedAt: now,
  });
  return { priceId, correctionId };
}

/** Every pricing of an entry reads this table in the statement that adds the entry, and holds it to its commit. */
async function shutBook(tx: Db): Promise<void> {
  await tx.execute(sql.raw(`set local lock_timeout = ${lockTimeoutMs}`));
  try {
    await tx.execute(sql`lock table prices in access exclusive mode`);
  } catch (error) {
    throw new WaybillError("price_book_busy", { cause: error });
  }
}
