import type { Clock } from "../kernel/clock.ts";
import type { Db } from "./client.ts";

/** What a verb needs that reads or writes rows: a connection or transaction, and the time. */
export interface DbContext {
  readonly db: Db;
  readonly clock: Clock;
}
