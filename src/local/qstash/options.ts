/** The limits that the real service sets by plan. */
export interface Options {
  /** How many deliveries may be under way at once. */
  readonly maxInFlight: number;
  /** How long a destination may take when the message does not say. */
  readonly defaultTimeoutMs: number;
  readonly maxBodyBytes: number;
  /** How far ahead a delivery may be set. */
  readonly maxDelayMs: number;
  /** How long the period of a flow-control rate may be. */
  readonly maxFlowPeriodSec: number;
  readonly maxQueues: number;
  /** How wide one queue may be. */
  readonly maxQueueParallelism: number;
  readonly maxSchedules: number;
  /** How many messages may be made in a day (UTC). */
  readonly dailyMessages: number;
  /** How many requests may come in a second that publish nothing. */
  readonly burstRequests: number;
  /** How long the log of a message is kept once it is finished. */
  readonly logRetentionMs: number;
  /** How long dead letters are kept. */
  readonly dlqRetentionMs: number;
  /** How long `stop` waits for deliveries that are under way. */
  readonly stopGraceMs: number;
}

const dayMs = 86_400_000;
const none = Number.POSITIVE_INFINITY;

/** What holds unless it is set otherwise. */
export const defaultOptions: Options = {
  maxInFlight: 32,
  defaultTimeoutMs: 900_000,
  maxBodyBytes: 10 * 1024 * 1024,
  maxDelayMs: 366 * dayMs,
  maxFlowPeriodSec: 7 * 86_400,
  maxQueues: none,
  // What the column of the database holds.
  maxQueueParallelism: 2 ** 31 - 1,
  maxSchedules: none,
  dailyMessages: none,
  burstRequests: none,
  logRetentionMs: 7 * dayMs,
  dlqRetentionMs: 7 * dayMs,
  stopGraceMs: 2000,
};
