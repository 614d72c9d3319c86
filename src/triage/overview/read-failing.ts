import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { failureGroups } from "../../db/schema/failures.ts";
import { summarise } from "../failures/summarise.ts";
import { countStuck } from "../stuck/count-stuck.ts";
import { type Capped, mostCounted } from "./capped.ts";
import type { Read } from "./overview-view.ts";

const shownGroups = 5;

const rowSchema = z.object({
  step: z.string(),
  open: z.number(),
  groups: z.number(),
  files: z.number(),
  since: z.coerce.date().nullable(),
  top: z.array(z.string()),
});

/** What fails now: the groups by which most files stand failed, and how many there are by step. */
export async function readFailing({ db, clock }: DbContext): Promise<Read<"failures">> {
  const { rows } = await db.execute(sql`
    select step, count(*)::integer as open, (count(*) filter (where standing > 0))::integer as groups,
           coalesce(sum(standing), 0)::integer as files,
           min(first_seen_at) filter (where state = 'open' and standing > 0) as since,
           coalesce(array_agg(id order by place) filter (where place <= ${shownGroups} and standing > 0), '{}') as top
    from (
      select *, row_number() over (order by standing desc nulls last, id desc nulls last) as place
      from ${failureGroups} where state in ('open', 'regressed') and merged_into is null
      order by standing desc nulls last, id desc nulls last limit ${mostCounted + 1}
    ) open_groups
    group by step order by files desc, step`);
  const steps = z.array(rowSchema).parse(rows);
  const sum = (of: "open" | "groups" | "files") => steps.reduce((total, row) => total + row[of], 0);
  const ids = steps.flatMap(({ top }) => top);
  const groups =
    ids.length === 0 ? [] : await db.select().from(failureGroups).where(inArray(failureGroups.id, ids));
  return {
    groups: Math.min(sum("groups"), mostCounted),
    open: Math.min(sum("open"), mostCounted),
    capped: sum("open") > mostCounted,
    files: sum("files"),
    steps: steps
      .filter((row) => row.groups > 0)
      .map(({ step, groups: own, files, since }) => ({
        step,
        groups: own,
        files,
        since: since?.toISOString() ?? null,
      })),
    top: await summarise(
      db,
      groups.toSorted((a, b) => b.standing - a.standing || (a.id < b.id ? 1 : -1)),
      clock.now(),
    ),
  };
}

/** What does not go on, by reason. */
export async function readStuck({ db, clock }: DbContext): Promise<Read<"stuck">> {
  const reasons = await countStuck(db, { now: clock.now(), most: mostCounted + 1 });
  return {
    ...cappedSum(reasons.map(({ steps }) => steps)),
    reasons: reasons.map(({ reason, steps, since }) => ({ reason, steps, since: since.toISOString() })),
  };
}

function cappedSum(counts: readonly number[]): { steps: number } & Capped {
  const steps = counts.reduce((sum, one) => sum + one, 0);
  return { steps: Math.min(steps, mostCounted), capped: steps > mostCounted };
}
