import type { Db } from "../db/client.ts";
import type { ErrorCode } from "../kernel/error-codes.ts";
import type { WaybillError } from "../kernel/errors.ts";
import type { ProbeEnd } from "./breaker/settle-probe.ts";
import type { StepFailure, StepSeed } from "./transitions.ts";

/** What follows from a step's success; decided by the pipeline from the states of all steps. */
export interface NextWork {
  readonly create: readonly StepSeed[];
  readonly queue: readonly { readonly name: string; readonly shard: number }[];
  readonly finishRun: boolean;
  /** Of the steps to be queued, those that had waited for others of one kind. */
  readonly joins: readonly Omit<Join, "until">[];
}

/** A step instance that needed all shards of a step, and when the first of them and the last had ended. */
export interface Join {
  readonly name: string;
  readonly shard: number;
  readonly after: string;
  readonly since: Date;
  readonly until: Date;
}

/** How an attempt ended. */
export type AttemptEnd =
  | {
      readonly kind: "succeeded";
      readonly result: unknown;
      /** Writes what the step made, inside the commit. */
      readonly write: (tx: Db) => Promise<void>;
      readonly next: (steps: readonly StepAtCommit[]) => NextWork;
      /** Until when the outbox row of the next step is kept back for this delivery; null: send all. */
      readonly keepFirstUntil: Date | null;
    }
  | {
      readonly kind: "retry";
      readonly failure: StepFailure;
      readonly error: WaybillError;
      readonly nextAttemptAt: Date;
    }
  | { readonly kind: "failed"; readonly failure: StepFailure; readonly error: WaybillError }
  | {
      readonly kind: "held";
      readonly reason: ErrorCode;
      readonly message: string;
      /** Until when; or for how long another attempt must be able to work, where money was what it lacked. */
      readonly until: Date | { readonly leastWorkMs: number };
    };

/** A step instance as it stands when an attempt is committed. */
export interface StepAtCommit {
  readonly name: string;
  readonly shard: number;
  readonly state: string;
  readonly finishedAt: Date | null;
}

/** What a commit left to do. */
export interface Committed {
  /** False when another worker had taken the lease; then nothing was written. */
  readonly written: boolean;
  /** The step that this delivery kept for itself. */
  readonly kept: { readonly stepId: string; readonly dispatch: number } | null;
  readonly runFinished: boolean;
  /** The joins that ended with this commit. */
  readonly joins: readonly Join[];
  /** Whether this step is not tried again, as a budget has no room for another attempt. */
  readonly held: boolean;
  /** The budgets to which money was given back that others wait for. */
  readonly freed: readonly string[];
  /** What the attempt has found of the breaker that it tried. */
  readonly probe: ProbeEnd | null;
}
