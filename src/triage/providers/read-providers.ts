import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { breakers } from "../../db/schema/breakers.ts";
import { providerNames } from "../../providers/provider-names.ts";
import { newestChanges } from "./list-changes.ts";
import { figuresMs, type ProviderView } from "./provider-view.ts";

const mostHeld = 10_000;
/** Of the last minutes at most so many calls are looked at, the newest. */
const newestCalls = 10_000;
const mostChanges = 10;

const figuresSchema = z.object({
  calls: z.number(),
  ill: z.number(),
  p50: z.coerce.number().nullable(),
  p95: z.coerce.number().nullable(),
  held: z.number(),
});

/** All providers that have a breaker. */
export async function readProviders(ctx: DbContext): Promise<ProviderView[]> {
  const rows = await ctx.db.select().from(breakers).orderBy(asc(breakers.provider));
  return Promise.all(rows.map((row) => viewOf(ctx, row)));
}

/** One of them. @throws TypeError when the migrations have not been run */
export async function readProvider(ctx: DbContext, provider: BreakerProvider): Promise<ProviderView> {
  const [row] = await ctx.db.select().from(breakers).where(eq(breakers.provider, provider));
  if (row === undefined) throw new TypeError(`There is no breaker for ${provider}: run the migrations.`);
  return viewOf(ctx, row);
}

async function viewOf({ db, clock }: DbContext, row: typeof breakers.$inferSelect): Promise<ProviderView> {
  const { provider, state, byHand, reason, probeStepId } = row;
  const { calls, ill, p50, p95, held } = await readFigures(db, provider, clock.now());
  return {
    provider,
    name: providerNames[provider],
    state,
    byHand,
    since: row.since.toISOString(),
    reason,
    nextProbeAt: row.probeAt?.toISOString() ?? null,
    probeStepId,
    heldSteps: held,
    lately: {
      calls,
      ill,
      errorPercent: calls === 0 ? null : Math.round((ill / calls) * 1000) / 10,
      p50Ms: p50 === null ? null : Math.round(p50),
      p95Ms: p95 === null ? null : Math.round(p95),
    },
    changes: await newestChanges(db, provider, mostChanges),
  };
}

async function readFigures(db: Db, provider: BreakerProvider, now: Date) {
  const since = new Date(now.getTime() - figuresMs).toISOString();
  const { rows } = await db.execute(sql`
    select count(*)::integer as calls, (count(*) filter (where ill))::integer as ill,
           percentile_cont(0.5) within group (order by latency_ms) as p50,
           percentile_cont(0.95) within group (order by latency_ms) as p95,
           (select count(*)::integer from (select from breaker_holds
             where provider = ${provider} and until is null limit ${mostHeld}) held) as held
    from (select ill, latency_ms from provider_outcomes
      where provider = ${provider} and at > ${since}::timestamptz order by at desc limit ${newestCalls}) newest`);
  return figuresSchema.parse(rows[0]);
}
