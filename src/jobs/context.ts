import type { DbContext } from "../db/context.ts";
import type { Log } from "../kernel/log.ts";
import type { Queue } from "../providers/qstash.ts";
import type { Telemetry } from "../telemetry/create-telemetry.ts";

/** What durable execution needs of the outside world. */
export interface JobsContext extends DbContext {
  readonly log: Log;
  readonly queue: Queue;
  readonly telemetry: Telemetry;
  /** Which build is running. */
  readonly deployment: string;
  /** How many messages of one project may be in flight. */
  readonly projectParallelism: number;
}
