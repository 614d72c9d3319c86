import { sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { WasteKind } from "../../db/waste-kinds.ts";
import { addDeltas } from "../rollups/add-deltas.ts";
import { costRollup } from "../rollups/rollup.ts";

/**
 * Says of all that an attempt has spent that it was spent for nothing: its entries are listed as wasted, and
 * their sums move to that kind. Called when the attempt's end is known, after its entries were recorded, under
 * the run's lock. A second call changes nothing.
 */
export async function markWaste(
  tx: Db,
  attempt: { readonly fileId: string; readonly attemptId: string },
  kind: WasteKind,
): Promise<void> {
  await tx.execute(sql`
    with marked as (
      insert into wasted_entries (entry_id, kind, project_id, meter, step, at)
      select id, ${kind}, project_id, meter, step, at from ledger where file_id = ${attempt.fileId} and attempt_id = ${attempt.attemptId}
      on conflict do nothing
      returning entry_id
    ), spent as (
      select ledger.* from ledger join marked on marked.entry_id = ledger.id
    )
    ${addDeltas(
      costRollup,
      sql`(
        select at, project_id, step, meter, provider, model, moved.kind as waste,
               sign * quantity as quantity, sign * nano_usd as nano_usd, sign as entries,
               0 as fresh_quantity, 0 as fresh_nano_usd
        from spent, (values (-1, null), (1, ${kind}::text)) as moved(sign, kind)
      ) moves`,
    )}`);
}
