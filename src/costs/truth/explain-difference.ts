import type { ReasonKind } from "./truth-view.ts";

/** By how much the ledger may have more, and by how much less, for a reason. None of them is negative. */
export interface Room {
  readonly more: bigint;
  readonly less: bigint;
}

/** A reason for a difference, with the room that it gives. */
export interface Reason {
  readonly kind: ReasonKind;
  /** How many entries it is about; null where it is no matter of entries. */
  readonly entries: number | null;
  readonly quantity: Room;
  readonly nanoUsd: Room;
  /** The query that opens those entries. */
  readonly ledger: string | null;
}

/**
 * What no reason explains of a difference. Each reason gives room in one direction or in both; what lies within
 * all of it together is explained.
 * @param difference the ledger less what was metered
 */
export function unexplained(difference: bigint, rooms: readonly Room[]): bigint {
  const more = rooms.reduce((sum, room) => sum + room.more, 0n);
  const less = rooms.reduce((sum, room) => sum + room.less, 0n);
  if (difference > more) return difference - more;
  return difference < -less ? difference + less : 0n;
}

/** No room at all. */
export const noRoom: Room = { more: 0n, less: 0n };

/** The rounding of entries, each by half a nano-USD at the most, and of the provider's own sum. */
export function roundingOf(entries: number): Reason {
  const most = BigInt(Math.ceil(entries / 2) + 1);
  return {
    kind: "rounding",
    entries: null,
    quantity: noRoom,
    nanoUsd: { more: most, less: most },
    ledger: null,
  };
}
