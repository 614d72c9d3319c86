import type { Ask } from "../../../src/costs/budgets/reserve.ts";

/** An ask for work of the whole deployment, unless said otherwise. */
export function newAsk(id: string, workNanoUsd: bigint, said: Partial<Ask> = {}): Ask {
  return {
    id,
    keys: ["deployment"],
    workNanoUsd,
    messagesNanoUsd: 0n,
    workMs: 1_000,
    rank: new Date("2026-03-01T00:00:00Z"),
    step: null,
    ...said,
  };
}
