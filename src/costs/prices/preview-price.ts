import { and, eq, gt, min, ne, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { prices } from "../../db/schema/costs.ts";
import { projectSlugs } from "../project-slugs.ts";
import { type RollupRow, readRollup } from "../rollups/read-rollup.ts";
import { costRollup } from "../rollups/rollup.ts";
import type { NewPrice } from "./new-price.ts";
import type { PricePreview } from "./price-view.ts";

/** After every entry. */
const end = new Date("3000-01-01T00:00:00Z");

/**
 * What a price would change if it were added now, from the sums by time. For a price that begins in the past it
 * must begin on a quarter hour.
 */
export async function previewPrice({ db }: Pick<DbContext, "db">, price: NewPrice): Promise<PricePreview> {
  const until = await nextPriceFrom(db, price);
  const spans = [price.effectiveFrom, until ?? end].map(toQuarterHour);
  const of = sql`meter = ${price.meter} and provider = ${price.provider}`;
  const rows = await readRollup(db, costRollup, {
    boundaries: spans,
    by: ["project_id", "model"],
    where: price.model === "*" ? of : and(of, sql`model = ${price.model}`),
  });
  const others = price.model === "*" ? await modelsOfTheirOwn(db, price) : new Set<string | null>();
  const concerned = rows.filter(({ key }) => !others.has(key.model ?? null));
  const byProject = Map.groupBy(concerned, ({ key }) => key.project_id ?? null);
  const slugs = await projectSlugs({ db }, [...byProject.keys()]);
  const total = sumOf(concerned, price);
  return {
    from: price.effectiveFrom.toISOString(),
    until: until?.toISOString() ?? null,
    ...total,
    differenceNanoUsd: (BigInt(total.nextNanoUsd) - BigInt(total.presentNanoUsd)).toString(),
    exact: price.perUnits === 1,
    projects: [...byProject].map(([id, ofProject]) => {
      const { quantity: _, ...sums } = sumOf(ofProject, price);
      return { project: id === null ? null : (slugs.get(id) ?? id), ...sums };
    }),
  };
}

async function nextPriceFrom(db: DbContext["db"], price: NewPrice): Promise<Date | null> {
  const { meter, provider, model, effectiveFrom } = price;
  const [next] = await db
    .select({ from: min(prices.effectiveFrom) })
    .from(prices)
    .where(
      and(
        eq(prices.meter, meter),
        eq(prices.provider, provider),
        eq(prices.model, model),
        gt(prices.effectiveFrom, effectiveFrom),
      ),
    );
  return next?.from ?? null;
}

/** The price of all models leaves those alone that have one of their own. */
async function modelsOfTheirOwn(db: DbContext["db"], { meter, provider }: NewPrice) {
  const found = await db
    .selectDistinct({ model: prices.model })
    .from(prices)
    .where(and(eq(prices.meter, meter), eq(prices.provider, provider), ne(prices.model, "*")));
  return new Set<string | null>(found.map(({ model }) => model));
}

function sumOf(rows: readonly RollupRow[], { nanoUsd, perUnits }: NewPrice) {
  const sum = (column: string) => rows.reduce((total, { sums }) => total + (sums[column] ?? 0n), 0n);
  const [quantity, per] = [sum("quantity"), BigInt(perUnits)];
  return {
    entries: Number(sum("entries")),
    quantity: quantity.toString(),
    presentNanoUsd: sum("nano_usd").toString(),
    // Rounded half up, as each entry is.
    nextNanoUsd: ((quantity * nanoUsd * 2n + per) / (per * 2n)).toString(),
  };
}

function toQuarterHour(at: Date): Date {
  const width = 15 * 60_000;
  return new Date(Math.ceil(at.getTime() / width) * width);
}
