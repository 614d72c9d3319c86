import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { priceCorrections, prices } from "../../db/schema/costs.ts";
import type { PriceView } from "./price-view.ts";

/** Which prices; what is left out does not matter. */
export interface PriceFilter {
  readonly id?: string | undefined;
  readonly meter?: string | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
}

/** The price book with its history: by meter, provider and model, of each the latest price first. */
export async function listPrices(ctx: DbContext, filter: PriceFilter): Promise<PriceView[]> {
  const now = ctx.clock.now();
  const found = await ctx.db
    .select({
      price: prices,
      correction: priceCorrections,
      unitNanoUsd: sql<string>`trim_scale(${prices.nanoUsd}::numeric / ${prices.perUnits})::text`,
      superseded: sql<boolean>`exists (select from prices later where later.meter = ${prices.meter}
        and later.provider = ${prices.provider} and later.model = ${prices.model}
        and later.effective_from = ${prices.effectiveFrom} and later.revision > ${prices.revision})`,
      until: sql<
        string | null
      >`(select min(effective_from) from prices next where next.meter = ${prices.meter}
        and next.provider = ${prices.provider} and next.model = ${prices.model}
        and next.effective_from > ${prices.effectiveFrom})`.mapWith(prices.effectiveFrom),
    })
    .from(prices)
    .leftJoin(priceCorrections, eq(priceCorrections.priceId, prices.id))
    .where(
      and(
        filter.id === undefined ? undefined : eq(prices.id, filter.id),
        filter.meter === undefined ? undefined : eq(prices.meter, filter.meter),
        filter.provider === undefined ? undefined : eq(prices.provider, filter.provider),
        filter.model === undefined ? undefined : eq(prices.model, filter.model),
      ),
    )
    .orderBy(
      asc(prices.meter),
      asc(prices.provider),
      asc(prices.model),
      desc(prices.effectiveFrom),
      desc(prices.revision),
    );
  return found.map((row) => toView(row, now));
}

interface Row {
  readonly price: typeof prices.$inferSelect;
  readonly correction: typeof priceCorrections.$inferSelect | null;
  readonly unitNanoUsd: string;
  readonly superseded: boolean;
  readonly until: Date | null;
}

function toView({ price, correction, unitNanoUsd, superseded, until }: Row, now: Date): PriceView {
  const { nanoUsd, effectiveFrom, addedAt, ...rest } = price;
  return {
    ...rest,
    nanoUsd: nanoUsd.toString(),
    unitNanoUsd,
    effectiveFrom: effectiveFrom.toISOString(),
    effectiveUntil: until?.toISOString() ?? null,
    status: superseded ? "superseded" : statusAt(now, effectiveFrom, until),
    addedAt: addedAt?.toISOString() ?? null,
    correction: correction && {
      id: correction.id,
      state: correction.state,
      from: correction.fromAt.toISOString(),
      until: correction.untilAt.toISOString(),
      entries: correction.entries,
      adjusted: correction.adjusted,
      nanoUsd: correction.nanoUsd.toString(),
      startedAt: correction.startedAt.toISOString(),
      finishedAt: correction.finishedAt?.toISOString() ?? null,
    },
  };
}

function statusAt(now: Date, from: Date, until: Date | null): PriceView["status"] {
  if (from > now) return "coming";
  return until !== null && until <= now ? "past" : "current";
}
