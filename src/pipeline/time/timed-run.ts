/** A delivery of a step, as far as its time goes. Times are ms since the epoch. */
export interface TimedAttempt {
  readonly spanId: string;
  /** Which round of the run it belongs to, from 1. */
  readonly round: number;
  readonly outcome: "running" | "succeeded" | "retry" | "failed" | "held" | "lost";
  readonly errorCode: string | null;
  /** Since when the step had waited for it; null where that was not written down. */
  readonly waitedSinceMs: number | null;
  readonly waitedFor: "queue" | "backoff" | "flow-control" | null;
  readonly retryAtMs: number | null;
  readonly startedMs: number;
  readonly finishedMs: number | null;
}

/** A step instance with its attempts, oldest first. */
export interface TimedStep {
  readonly id: string;
  readonly name: string;
  readonly shard: number;
  readonly state: string;
  /** In which round of the run it was made ready last. */
  readonly round: number;
  readonly flowKey: string;
  readonly heldReason: string | null;
  /** Since when it waits, or waited at last. */
  readonly queuedMs: number | null;
  readonly finishedMs: number | null;
  readonly attempts: readonly TimedAttempt[];
  /** When it waited for money or for a breaker; without an end where it still does. */
  readonly holds: readonly {
    readonly reason: "budget_exhausted" | "breaker_open";
    /** Since when it had waited for the delivery that was held; null where none came. */
    readonly queuedMs: number | null;
    readonly fromMs: number;
    readonly toMs: number | null;
  }[];
}

/** A run, from the beginning of its upload until it ended, or until now. */
export interface TimedRun {
  readonly startMs: number;
  /** When the original was stored and the first step was queued; null where that was not written down. */
  readonly acceptedMs: number | null;
  readonly endMs: number;
  /** What each step needs, in the order in which a document passes them. */
  readonly graph: readonly {
    readonly name: string;
    readonly needs: readonly { readonly step: string; readonly shards: "all" | "same-shard" }[];
  }[];
  readonly steps: readonly TimedStep[];
}

/** What a stretch of a run's time went to. */
export type TimeKind = "work" | "queue" | "backoff" | "flow-control" | "held" | "siblings" | "unexplained";

/** The reasons that are no error code and no flow key. */
export const timeReasons = {
  /** Receiving and storing the original. */
  upload: "upload",
  /** Work of a worker that died: until its lease was taken back. */
  lost: "lost",
  /** The run had ended, until somebody let it go on. */
  requeue: "requeue",
} as const;

/** Something that a run did or waited for; stretches overlap. */
export interface Stretch {
  readonly kind: TimeKind;
  readonly step: string | null;
  readonly reason: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** The attempt's span, of work. */
  readonly spanId?: string;
}
