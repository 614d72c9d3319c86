import { and, eq, lte, or, type SQL, sql } from "drizzle-orm";
import type { BreakerCause, BreakerProvider, BreakerState } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import { breakerHolds, breakers, providerChanges } from "../../db/schema/breakers.ts";
import { newId } from "../../kernel/ids.ts";
import { type BreakerSettings, type CallCounts, nextCoolDownMs } from "./breaker-rules.ts";

/**
 * Every change of a breaker's state, by name; nothing else in Waybill writes these columns. Each is one guarded
 * statement and its line in the history: of two who try the same, one does it. A breaker's row is locked after runs
 * and before the accounts of budgets.
 */

type Breaker = typeof breakers.$inferSelect;

/** Who opens or closes a breaker by hand. */
export interface ByHand {
  readonly keyName: string;
  readonly reason: string | null;
}

/** What is no more once nobody tries. */
const noProbe = { probeStepId: null, probeUntil: null };

/** closed → open, as too many calls met an ill provider. False when it is not closed any more. */
export async function openForErrors(
  tx: Db,
  provider: BreakerProvider,
  counts: CallCounts,
  { settings, now }: { settings: BreakerSettings; now: Date },
): Promise<boolean> {
  const coolDownMs = nextCoolDownMs(settings, 0);
  const seconds = Math.round(settings.windowMs / 1000);
  const reason = `${counts.ill} of the last ${counts.calls} calls failed within ${seconds} s.`;
  const probeAt = new Date(now.getTime() + coolDownMs);
  const set = { state: "open", since: now, reason, coolDownMs, probeAt, draining: false } as const;
  const opened = await change(tx, provider, set, eq(breakers.state, "closed"));
  if (opened === undefined) return false;
  await note(tx, { provider, from: "closed", to: "open", cause: "errors", reason }, now);
  return true;
}

/**
 * open → half-open, for one step, when its cool-down is over; or the place of a step that tried and was not heard of
 * again. False when another one was faster.
 * @param until how long the step is waited for
 */
export async function takeProbe(
  tx: Db,
  { provider, state }: { readonly provider: BreakerProvider; readonly state: BreakerState },
  probe: { readonly stepId: string; readonly until: Date },
  now: Date,
): Promise<boolean> {
  const due = and(eq(breakers.state, "open"), lte(breakers.probeAt, now));
  const again = and(eq(breakers.state, "half-open"), eq(breakers.probeStepId, probe.stepId));
  const lost = and(eq(breakers.state, "half-open"), lte(breakers.probeUntil, now));
  const { stepId, until } = probe;
  const set = { state: "half-open", probeAt: null, probeStepId: stepId, probeUntil: until } as const;
  const taken = await change(tx, provider, set, or(due, again, lost));
  if (taken === undefined) return false;
  const cause = state === "half-open" ? "probe-lost" : "probe";
  await note(tx, { provider, from: state, to: "half-open", cause, stepId }, now);
  return true;
}

/** half-open → open, at once for another step, as this one ended without asking the provider. */
export function returnProbe(tx: Db, provider: BreakerProvider, stepId: string, now: Date): Promise<boolean> {
  const set = { state: "open", probeAt: now, ...noProbe } as const;
  return endProbe(tx, { provider, stepId, set, to: "open", cause: "probe-idle" }, now);
}

/** half-open → open for a longer time, as the provider is still ill. */
export function failProbe(
  tx: Db,
  provider: BreakerProvider,
  probe: { readonly stepId: string; readonly coolDownMs: number },
  now: Date,
): Promise<boolean> {
  const { stepId, coolDownMs } = probe;
  const probeAt = new Date(now.getTime() + coolDownMs);
  const set = { state: "open", coolDownMs, probeAt, ...noProbe } as const;
  return endProbe(tx, { provider, stepId, set, to: "open", cause: "probe-failed" }, now);
}

/** half-open → closed, as the provider answers again. */
export function closeByProbe(tx: Db, provider: BreakerProvider, stepId: string, now: Date): Promise<boolean> {
  return endProbe(
    tx,
    { provider, stepId, set: closedAt(now, provider), to: "closed", cause: "probe-succeeded" },
    now,
  );
}

/** closed, open or half-open → open, until a person closes it. False when a person has opened it already. */
export async function openByHand(tx: Db, provider: BreakerProvider, by: ByHand, now: Date): Promise<boolean> {
  const before = await lockBreaker(tx, provider);
  if (before.byHand) return false;
  const set = { state: "open", byHand: true, since: now, reason: by.reason, coolDownMs: 0 } as const;
  await change(tx, provider, { ...set, probeAt: null, draining: false, ...noProbe });
  await note(tx, { provider, from: before.state, to: "open", cause: "person", ...by }, now);
  return true;
}

/** open or half-open → closed. False when it is closed already. */
export async function closeByHand(
  tx: Db,
  provider: BreakerProvider,
  by: ByHand,
  now: Date,
): Promise<boolean> {
  const before = await lockBreaker(tx, provider);
  if (before.state === "closed") return false;
  await change(tx, provider, closedAt(now, provider));
  await note(tx, { provider, from: before.state, to: "closed", cause: "person", ...by }, now);
  return true;
}

/** The cool-down ends now. False when there is none: it is closed, opened by hand, or a step tries already. */
export async function endCoolDown(tx: Db, provider: BreakerProvider, now: Date): Promise<boolean> {
  const coolsDown = and(eq(breakers.state, "open"), eq(breakers.byHand, false));
  return (await change(tx, provider, { probeAt: now }, coolsDown)) !== undefined;
}

/** No step is left that the breaker had held. */
export async function endDraining(tx: Db, provider: BreakerProvider): Promise<void> {
  await change(tx, provider, { draining: false }, and(eq(breakers.draining, true), nobodyHeld(provider)));
}

/** Reads a breaker and locks its row. */
export async function lockBreaker(tx: Db, provider: BreakerProvider): Promise<Breaker> {
  const [breaker] = await tx.select().from(breakers).where(eq(breakers.provider, provider)).for("update");
  if (breaker === undefined) throw new TypeError(`There is no breaker for ${provider}: run the migrations.`);
  return breaker;
}

function closedAt(now: Date, provider: BreakerProvider) {
  return {
    state: "closed" as const,
    byHand: false,
    since: now,
    reason: null,
    coolDownMs: 0,
    probeAt: null,
    ...noProbe,
    draining: sql<boolean>`not ${nobodyHeld(provider)}`,
  };
}

function nobodyHeld(provider: BreakerProvider): SQL {
  return sql`not exists (select from ${breakerHolds}
    where ${breakerHolds.provider} = ${provider} and ${breakerHolds.until} is null)`;
}

async function endProbe(
  tx: Db,
  end: {
    readonly provider: BreakerProvider;
    readonly stepId: string;
    readonly set: Parameters<typeof change>[2];
    readonly to: BreakerState;
    readonly cause: BreakerCause;
  },
  now: Date,
): Promise<boolean> {
  const { provider, stepId, to, cause } = end;
  const ended = await change(tx, provider, end.set, eq(breakers.probeStepId, stepId));
  if (ended === undefined) return false;
  await note(tx, { provider, from: "half-open", to, cause, stepId }, now);
  return true;
}

async function change(
  tx: Db,
  provider: BreakerProvider,
  set: Partial<{ [Column in keyof Breaker]: Breaker[Column] | SQL<Breaker[Column]> }>,
  guard?: SQL,
): Promise<Breaker | undefined> {
  const [changed] = await tx
    .update(breakers)
    .set(set)
    .where(and(eq(breakers.provider, provider), guard))
    .returning();
  return changed;
}

interface Noted {
  readonly provider: BreakerProvider;
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly cause: BreakerCause;
  readonly keyName?: string;
  readonly reason?: string | null;
  readonly stepId?: string;
}

async function note(tx: Db, { from: fromState, to: toState, ...noted }: Noted, now: Date): Promise<void> {
  await tx.insert(providerChanges).values({ ...noted, fromState, toState, id: newId("brk", now), at: now });
}
