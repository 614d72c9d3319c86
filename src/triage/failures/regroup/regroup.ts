import type { Db } from "../../../db/client.ts";
import { shutFailureGate } from "../../../jobs/failures/failure-gate.ts";
import { finishMoves, movesOf } from "../../../jobs/failures/moves/finish-moves.ts";

/**
 * Begins a merge or a split of these groups behind the shut gate, and moves what it orders turn by turn, so that
 * failures that come meanwhile wait for a turn alone. What else moves from or into them is finished first: two at once
 * would not know what the other moves. Where it stops after the beginning, the tick carries it on.
 */
export async function regroup<Begun>(
  db: Db,
  groupIds: readonly string[],
  begin: (tx: Db) => Promise<Begun>,
): Promise<Begun> {
  for (;;) {
    await finishMoves(db, groupIds);
    const begun = await db.transaction(async (tx) => {
      await shutFailureGate(tx);
      return (await movesOf(tx, groupIds)).length > 0 ? null : { by: await begin(tx) };
    });
    if (begun === null) continue;
    await finishMoves(db, groupIds);
    return begun.by;
  }
}
