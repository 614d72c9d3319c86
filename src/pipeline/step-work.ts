import type { AttemptMeter } from "../costs/attempt-meter.ts";
import type { Spent } from "../costs/ledger/record-entries.ts";
import type { Db } from "../db/client.ts";
import type { RunFacts } from "../jobs/run-facts.ts";
import type { WaybillError } from "../kernel/errors.ts";
import type { SpanScope } from "../telemetry/span-scope.ts";
import type { PipelineContext } from "./context.ts";
import type { ShardPlan } from "./decide.ts";
import type { StepName } from "./graph.ts";

/** What one attempt of each shard of a step will buy of providers, at most, by the name of the step. */
export type ShardEstimates = Partial<Record<StepName, readonly (readonly Spent[])[]>>;

/** What a step is given. */
export interface StepTask {
  readonly run: RunFacts;
  readonly shard: number;
  readonly input: unknown;
  readonly span: SpanScope;
  readonly meter: AttemptMeter;
}

/** How a step ended; faults of providers are thrown as WaybillError instead. */
export type StepOutcome =
  | {
      readonly kind: "done";
      /** Kept with the step, for people and later steps; small. */
      readonly result: Readonly<Record<string, unknown>>;
      readonly plan?: ShardPlan;
      /** What the steps that it plans will buy of providers, for each shard. */
      readonly estimates?: ShardEstimates;
      /** Writes what the step made, inside the commit; must write the same when it is run again. */
      readonly write?: (tx: Db) => Promise<void>;
    }
  | { readonly kind: "reject"; readonly error: WaybillError };

/** One step of the graph: reads what earlier steps left, does its work, and says how it ended. */
export type StepWork = (ctx: PipelineContext, task: StepTask) => Promise<StepOutcome>;
