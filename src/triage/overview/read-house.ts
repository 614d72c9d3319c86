import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { requeueStates } from "../../db/requeue-states.ts";
import { readProviders as readProviderViews } from "../providers/read-providers.ts";
import { listReconciliations } from "../reconciliation/read-reconciliations.ts";
import { mostFilesCounted } from "./capped.ts";
import type { Read } from "./overview-view.ts";

const shownRequeues = 5;

/** How each provider's breaker stands, and how it has answered lately. */
export async function readProviders(ctx: DbContext): Promise<Read<"providers">> {
  const views = await readProviderViews(ctx);
  return views.map(({ provider, name, state, byHand, since, heldSteps, lately }) => ({
    provider,
    name,
    state,
    byHand,
    since,
    errorPercent: lately.errorPercent,
    p95Ms: lately.p95Ms,
    heldSteps,
  }));
}

/** What the newest reconciliation has found that is still so. */
export async function readReconciliation(ctx: DbContext): Promise<Read<"reconciliation">> {
  const { items } = await listReconciliations(ctx, { limit: 1, cursor: null });
  const [last] = items;
  if (last === undefined) return { last: null };
  const { id, startedAt, finishedAt } = last;
  const classes = last.classes.flatMap(({ class: name, open }) => (open > 0 ? [{ class: name, open }] : []));
  return {
    last: { id, startedAt, finishedAt, open: classes.reduce((sum, { open }) => sum + open, 0), classes },
  };
}

const requeueRow = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(requeueStates),
  total: z.number(),
  left: z.number(),
});

/** The newest requeues that are not proved yet. */
export async function readRequeues({ db }: DbContext): Promise<Read<"requeues">> {
  const { rows } = await db.execute(sql`
    select chosen.id, requeue_plans.name, chosen.state, chosen.total, files.left
    from (
      select id, plan_id, state, total from requeues where proved_at is null
      order by id desc nulls last limit ${shownRequeues}
    ) chosen
    join requeue_plans on requeue_plans.id = chosen.plan_id
    cross join lateral (
      select count(*)::integer as left from (
        select from requeue_files where requeue_id = chosen.id and outcome in ('pending', 'sent')
        limit ${mostFilesCounted + 1}
      ) open_files
    ) files
    order by chosen.id desc`);
  return z
    .array(requeueRow)
    .parse(rows)
    .map(({ left, ...row }) => ({
      ...row,
      left: Math.min(left, mostFilesCounted),
      leftCapped: left > mostFilesCounted,
    }));
}
