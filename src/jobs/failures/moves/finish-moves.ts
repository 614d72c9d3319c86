import { asc, inArray, or } from "drizzle-orm";
import type { Db } from "../../../db/client.ts";
import type { DbContext } from "../../../db/context.ts";
import { failureMoves } from "../../../db/schema/failures.ts";
import { moveTurn } from "./move-turn.ts";

/** Moves to the end what merges and splits of these groups have ordered, whoever began it. */
export async function finishMoves(db: Db, groupIds: readonly string[]): Promise<void> {
  for (const { fromGroupId } of await movesOf(db, groupIds)) while (await moveTurn(db, fromGroupId));
}

/** The moves that have not ended from or into these groups. */
export function movesOf(db: Db, groupIds: readonly string[]) {
  const ids = [...groupIds];
  const touching = or(inArray(failureMoves.fromGroupId, ids), inArray(failureMoves.intoGroupId, ids));
  return db.select().from(failureMoves).where(touching).orderBy(asc(failureMoves.fromGroupId));
}

/**
 * Carries on moves that a crash has left, for about so long; the next tick takes the rest.
 * @returns how many turns were done
 */
export async function carryOnMoves(
  { db, clock }: Pick<DbContext, "db" | "clock">,
  forMs: number,
): Promise<number> {
  const untilMs = clock.now().getTime() + forMs;
  let turns = 0;
  const moves = await db.select().from(failureMoves).orderBy(asc(failureMoves.fromGroupId));
  for (const { fromGroupId } of moves) {
    while (clock.now().getTime() < untilMs && (await moveTurn(db, fromGroupId))) turns += 1;
  }
  return turns;
}
