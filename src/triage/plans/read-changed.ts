import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { exclusions } from "../../db/requeue-states.ts";
import type { PlanView } from "./plan-view.ts";

const rowSchema = z.object({ reason: z.enum(exclusions), files: z.number() });

/**
 * What happened since to files that a plan includes: they are gone, or somebody did them again (or is about to). Such
 * files are skipped when the plan is carried out.
 */
export async function readChanged(db: Db, planId: string): Promise<PlanView["changed"]> {
  const { rows } = await db.execute(sql`
    select reason, count(*)::int as files from requeue_plan_files planned
    left join files on files.id = planned.file_id left join runs on runs.id = files.latest_run_id
    cross join lateral (select case
      when files.id is null then 'gone'
      when runs.id <> planned.run_id or runs.round <> planned.round then 'in-other-requeue'
      when exists (select from requeue_files open join requeues on requeues.id = open.requeue_id
        where open.file_id = planned.file_id and open.outcome in ('pending', 'sent') and requeues.plan_id <> ${planId})
        then 'in-other-requeue' end as reason) seen
    where plan_id = ${planId} and excluded is null and reason is not null group by reason order by files desc`);
  return z.array(rowSchema).parse(rows);
}
