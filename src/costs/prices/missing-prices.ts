import type { DbContext } from "../../db/context.ts";
import { prices } from "../../db/schema/costs.ts";
import { type Meter, meters } from "../../telemetry/names.ts";

/** The meters that have no price, tokens for `model`: none when every call can be priced. */
export async function missingPrices({ db }: Pick<DbContext, "db">, model: string): Promise<Meter[]> {
  const found = await db.selectDistinct({ meter: prices.meter, model: prices.model }).from(prices);
  const isPriced = (meter: Meter) =>
    found.some(
      (price) =>
        price.meter === meter &&
        (meter !== meters.embeddingTokens || price.model === model || price.model === "*"),
    );
  return Object.values(meters).filter((meter) => !isPriced(meter));
}
