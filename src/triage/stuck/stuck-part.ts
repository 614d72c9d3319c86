import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { StuckReason } from "../../db/stuck-states.ts";
import { meterAreasOf } from "../../providers/provider-of-meter.ts";
import type { StuckStep } from "./stuck-view.ts";

/** No step is stuck before this time, in ms: a message may be a minute late, and a p99 of 50 ms says little. */
export const leastStuckMs = 60_000;

/** Which stuck steps; what is left out narrows nothing. */
export interface StuckFilter {
  readonly reason?: StuckReason | undefined;
  readonly step?: string | undefined;
  /** A project's slug. */
  readonly project?: string | undefined;
  /** One that the step calls; what waits for siblings calls none yet. */
  readonly provider?: BreakerProvider | undefined;
}

/** A stuck step with its place in the list: a time (ISO 8601) and its id. */
export interface PlacedStep {
  readonly place: readonly [at: string, stepId: string];
  readonly item: StuckStep;
}

/** What both parts of the list are asked with. */
export interface StuckPart extends Omit<StuckFilter, "reason"> {
  readonly now: Date;
  readonly after: PlacedStep["place"] | null;
  /** Most rows. */
  readonly limit: number;
}

/** Whether a step calls a provider, by what an attempt of it is to buy, as SQL. */
export function callsProvider(estimate: AnyPgColumn, provider: BreakerProvider): SQL {
  return sql`exists (select from jsonb_array_elements(${estimate}) bought
    where split_part(bought->>'meter', '.', 1) = any(${sql.param(meterAreasOf(provider))}::text[])
      and (bought->>'quantity')::numeric > 0)`;
}
