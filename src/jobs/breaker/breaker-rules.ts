import type { BreakerProvider, BreakerState } from "../../db/breaker-states.ts";

/** When breakers open, and for how long. */
export interface BreakerSettings {
  /** False: none opens by itself. */
  readonly enabled: boolean;
  /** How far back calls count, in ms. */
  readonly windowMs: number;
  /** With fewer calls in the window none opens. */
  readonly leastCalls: number;
  /** From which share of ill calls on, in percent. */
  readonly errorPercent: number;
  /** How long nothing is sent at first, in ms; twice as long after each probe that fails. */
  readonly coolDownMs: number;
}

/** Of the calls in a window, how many met an ill provider. */
export interface CallCounts {
  readonly calls: number;
  readonly ill: number;
}

/** How a breaker stands, as far as it decides about steps. */
export interface BreakerStand {
  readonly provider: BreakerProvider;
  readonly state: BreakerState;
  readonly coolDownMs: number;
  readonly probeAt: Date | null;
  readonly probeStepId: string | null;
  readonly probeUntil: Date | null;
  readonly draining: boolean;
}

/** What a breaker says to a step that is about to begin. */
export type Gate = "pass" | "probe" | "hold";

/** A cool-down grows to so many times the first one. */
const longestCoolDowns = 16;

/** Whether a closed breaker opens. Pure. */
export function shouldOpen(settings: BreakerSettings, { calls, ill }: CallCounts): boolean {
  if (!settings.enabled || calls < settings.leastCalls) return false;
  return ill * 100 >= calls * settings.errorPercent;
}

/** How long the next cool-down is, in ms, after one that was so long; 0: there was none. Pure. */
export function nextCoolDownMs(settings: BreakerSettings, lastMs: number): number {
  if (lastMs === 0) return settings.coolDownMs;
  return Math.max(lastMs, Math.min(lastMs * 2, settings.coolDownMs * longestCoolDowns));
}

/** Whether another step may try: the cool-down is over, or the one that tried was not heard of again. Pure. */
export function mayProbe({ state, probeAt, probeUntil }: BreakerStand, now: Date): boolean {
  if (state === "open") return probeAt !== null && probeAt <= now;
  return state === "half-open" && probeUntil !== null && probeUntil <= now;
}

/** What a breaker says to a step. The step that tries is let through again where its worker died. Pure. */
export function gateOf(breaker: BreakerStand, stepId: string, now: Date): Gate {
  if (breaker.state === "closed") return "pass";
  if (breaker.state === "half-open" && breaker.probeStepId === stepId) return "probe";
  return mayProbe(breaker, now) ? "probe" : "hold";
}
