import type { Actor } from "./record-audit.ts";

/** Which file is to be done again, from where, and who says so. */
export interface RequeueInput {
  readonly fileId: string;
  /** `failed`, `start`, or the name of a step. */
  readonly from: string;
  readonly reason: string | null;
  /** The same key twice is one requeue. */
  readonly idempotencyKey: string | null;
  readonly actor: Actor;
}
