import type { Pool } from "pg";
import type { AdjustableClock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import type { Dispatcher } from "./delivery/dispatcher.ts";
import type { Options } from "./options.ts";
import type { SigningKeys } from "./store/signing-keys.ts";
import type { TakeIn } from "./store/take-in-together.ts";
import type { WakingLoop } from "./timing/waking-loop.ts";

/** What the routes work with. */
export interface QstashContext {
  readonly pool: Pool;
  readonly clock: AdjustableClock;
  readonly log: Log;
  readonly options: Options;
  readonly keys: SigningKeys;
  readonly takeIn: TakeIn;
  readonly dispatcher: Dispatcher;
  /** The loop that turns due schedules into messages. */
  readonly scheduler: WakingLoop;
}

/** The present by the injected clock, in ms since the epoch. */
export function nowMs(ctx: Pick<QstashContext, "clock">): number {
  return ctx.clock.now().getTime();
}
