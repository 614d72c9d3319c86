import type { DbContext } from "../db/context.ts";
import type { ComputeShares } from "../kernel/compute-shares.ts";
import type { Queue } from "../providers/qstash.ts";
import type { Telemetry } from "../telemetry/create-telemetry.ts";
import type { JobLog } from "../telemetry/span-log.ts";
import type { BreakerSettings } from "./breaker/breaker-rules.ts";

/** What durable execution needs of the outside world. */
export interface JobsContext extends DbContext {
  readonly log: JobLog;
  readonly queue: Queue;
  readonly telemetry: Telemetry;
  /** What each attempt takes of the machine that it runs on. */
  readonly compute: ComputeShares;
  /** Which build is running. */
  readonly deployment: string;
  /** Where alerts are sent; undefined: they are logged alone. */
  readonly alertUrl: string | undefined;
  /** When a provider's breaker opens. */
  readonly breaker: BreakerSettings;
  /** How many messages of one project may be in flight. */
  readonly projectParallelism: number;
}
