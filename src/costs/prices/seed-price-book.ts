import type { DbContext } from "../../db/context.ts";
import { prices } from "../../db/schema/costs.ts";
import { deriveId } from "../../kernel/ids.ts";
import { publicPrices, seenOn } from "./public-prices.ts";
import { units } from "./units.ts";

/** Puts the public prices into the book. Those that stand in it already are left as they are; safe to run again. */
export async function seedPriceBook({ db }: Pick<DbContext, "db"> & Partial<DbContext>): Promise<void> {
  const effectiveFrom = new Date("2026-01-01T00:00:00Z");
  await db
    .insert(prices)
    .values(
      publicPrices.map((price) => ({
        id: deriveId("price", price.meter, price.provider, price.model, effectiveFrom.toISOString()),
        ...price,
        unit: units[price.meter],
        effectiveFrom,
        seenOn,
      })),
    )
    .onConflictDoNothing();
}
