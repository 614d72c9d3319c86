import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import type { QueueCounts } from "./queue-steps-view.ts";

/** Of each no more is counted: enough to know that it is many. */
const mostCounted = 10_000;

const countsSchema = z.object({
  running: z.coerce.number(),
  queued: z.coerce.number(),
  unsent: z.coerce.number(),
  delayed: z.coerce.number(),
  held: z.coerce.number(),
  overdue: z.coerce.number(),
});

/** How many steps have a message, are at work or are held now; each is counted along an index, and not for ever. */
export async function countQueue({ db, clock }: Pick<DbContext, "db" | "clock">): Promise<QueueCounts> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const counted = (from: ReturnType<typeof sql>) =>
    sql`(select count(*) from (select from ${from} limit ${mostCounted}) found)`;
  const { rows } = await db.execute(sql`
    select ${counted(sql`steps where state = 'running'`)} as running,
           ${counted(sql`steps where state = 'queued' and expected_by is not null and coalesce(next_attempt_at <= ${now}, true)`)} as queued,
           ${counted(sql`outbox where published_at is null and publish_after <= ${now}`)} as unsent,
           ${counted(sql`steps where state = 'queued' and next_attempt_at > ${now}`)} as delayed,
           ${counted(sql`steps where state = 'held'`)} as held,
           ${counted(sql`steps where state = 'queued' and expected_by < ${now}`)} as overdue`);
  const { queued, unsent, ...counts } = countsSchema.parse(rows[0]);
  return { ...counts, unsent, sent: Math.max(0, queued - unsent), cappedAt: mostCounted };
}
