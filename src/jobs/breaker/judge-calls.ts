import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import { breakers, providerOutcomes } from "../../db/schema/breakers.ts";
import type { CallOutcome } from "../../providers/call-watch.ts";
import type { JobsContext } from "../context.ts";
import { type CallCounts, shouldOpen } from "./breaker-rules.ts";
import { openForErrors } from "./breaker-transitions.ts";

/** Of a provider's calls in the window at most so many are looked at, the newest. */
const newestCalls = 1_000;

/** For how long outcomes are kept, in ms: longer than any window, for those who look at the providers. */
const keptMs = 3_600_000;

/** Most outcomes that one pass forgets. */
const forgetBatch = 20_000;

/** Writes down how an attempt's calls ended, within its commit: rows are only added, nobody waits for another. */
export async function recordOutcomes(
  tx: Db,
  attemptId: string,
  outcomes: readonly CallOutcome[],
  at: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.insert(providerOutcomes).values(
    outcomes.map(({ provider, ill, latencyMs }, call) => ({
      ...{ provider, at, attemptId, call, ill },
      latencyMs: Math.round(latencyMs),
    })),
  );
}

/** The calls of a provider that count: those in the window, since its breaker closed last. */
async function countCalls(
  db: Db,
  provider: BreakerProvider,
  { windowMs, now }: { windowMs: number; now: Date },
): Promise<CallCounts> {
  const since = new Date(now.getTime() - windowMs);
  const newest = db
    .select({ ill: providerOutcomes.ill })
    .from(providerOutcomes)
    .where(
      and(
        eq(providerOutcomes.provider, provider),
        gt(providerOutcomes.at, since),
        gt(
          providerOutcomes.at,
          db.select({ since: breakers.since }).from(breakers).where(eq(breakers.provider, provider)),
        ),
      ),
    )
    .orderBy(desc(providerOutcomes.at))
    .limit(newestCalls)
    .as("newest");
  const [counts] = await db
    .select({
      calls: sql`count(*)`.mapWith(Number),
      ill: sql`count(*) filter (where ${newest.ill})`.mapWith(Number),
    })
    .from(newest);
  return counts ?? { calls: 0, ill: 0 };
}

/**
 * Opens a provider's breaker if too many of its calls met it ill. Asked only after a call that did, and after its
 * commit, so that what others have written meanwhile counts; what a crash in between leaves undone, the next such call
 * does.
 */
export async function judgeProvider(
  { db, clock, breaker: settings }: Pick<JobsContext, "db" | "clock" | "breaker">,
  provider: BreakerProvider,
): Promise<boolean> {
  if (!settings.enabled) return false;
  const now = clock.now();
  const counts = await countCalls(db, provider, { windowMs: settings.windowMs, now });
  if (!shouldOpen(settings, counts)) return false;
  return db.transaction((tx) => openForErrors(tx, provider, counts, { settings, now }));
}

/** Forgets outcomes that tell nothing of the present any more. @returns how many */
export async function forgetOutcomes({ db, clock }: Pick<JobsContext, "db" | "clock">): Promise<number> {
  const before = new Date(clock.now().getTime() - keptMs);
  const old = db
    .select({ ctid: sql`ctid` })
    .from(providerOutcomes)
    .where(lt(providerOutcomes.at, before))
    .orderBy(providerOutcomes.at)
    .limit(forgetBatch);
  const { rowCount } = await db.delete(providerOutcomes).where(sql`ctid = any(array(${old}))`);
  return rowCount ?? 0;
}
