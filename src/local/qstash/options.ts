/** The limits that the real service sets by plan. */
export interface Options {
  /** How many deliveries may be under way at once. */
  readonly maxInFlight: number;
  /** How long a destination may take when the message does not say. */
  readonly defaultTimeoutMs: number;
  readonly maxBodyBytes: number;
  /** How far ahead a delivery may be set. */
  readonly maxDelayMs: number;
  /** How long logs, finished messages and dead letters are kept. */
  readonly retentionMs: number;
  /** How long `stop` waits for deliveries that are under way. */
  readonly stopGraceMs: number;
}

const dayMs = 86_400_000;

/** What holds unless it is set otherwise. */
export const defaultOptions: Options = {
  maxInFlight: 32,
  defaultTimeoutMs: 900_000,
  maxBodyBytes: 10 * 1024 * 1024,
  maxDelayMs: 366 * dayMs,
  retentionMs: 7 * dayMs,
  stopGraceMs: 2000,
};
