import { sql } from "drizzle-orm";
import { z } from "zod";
import { tickSchedule } from "../../jobs/tick-schedule.ts";
import type { PipelineContext } from "../../pipeline/context.ts";
import type { ServiceView } from "./services-view.ts";

type ServicesContext = Pick<PipelineContext, "db" | "clock" | "queueReader">;

const mostCounted = 10_000;

/** After this long without a tick, in ms, something is wrong with its schedule or with our answer to it. */
const lateTickMs = 3 * 60_000;

const backlogSchema = z.object({ unpublished: z.coerce.number(), overdue: z.coerce.number() });

/** How QStash, the database and the sandbox stand. A QStash that does not answer is said to, and fails nothing. */
export async function readServices(ctx: ServicesContext): Promise<ServiceView[]> {
  const sinceMs = ctx.clock.monotonicMs();
  const backlog = await readBacklog(ctx);
  const tookMs = Math.max(0, Math.round(ctx.clock.monotonicMs() - sinceMs));
  return [
    await qstashView(ctx, backlog),
    {
      ...{ service: "neon", name: "Neon Postgres", state: "well", answeredMs: tookMs },
      says: "It answers: what this page shows is read from it.",
      ...{ lastTickAt: null, unpublished: 0, overdue: 0 },
    },
    {
      ...{ service: "sandbox", name: "Vercel Sandbox", state: "unused", answeredMs: null },
      says: "No step uses it.",
      ...{ lastTickAt: null, unpublished: 0, overdue: 0 },
    },
  ];
}

async function readBacklog({ db, clock }: ServicesContext): Promise<z.output<typeof backlogSchema>> {
  const now = clock.now().toISOString();
  const { rows } = await db.execute(sql`
    select (select count(*) from (select from outbox
              where published_at is null and publish_after < ${now}::timestamptz - interval '1 minute' limit ${mostCounted}) late) as unpublished,
           (select count(*) from (select from steps
              where state = 'queued' and expected_by < ${now}::timestamptz limit ${mostCounted}) late) as overdue`);
  return backlogSchema.parse(rows[0]);
}

async function qstashView(
  { queueReader, clock }: ServicesContext,
  backlog: z.output<typeof backlogSchema>,
): Promise<ServiceView> {
  const common = { service: "qstash", name: "QStash", ...backlog } as const;
  try {
    const [{ tookMs }, schedules] = await Promise.all([
      queueReader.inFlight(null),
      queueReader.schedules(null),
    ]);
    const tick = schedules.items.find(({ scheduleId }) => scheduleId === tickSchedule.id);
    const lastTickAt = tick?.lastScheduleTime ?? null;
    const says = saysOf({ ...backlog, paused: tick?.isPaused, lastTickAt, now: clock.now() });
    return {
      ...common,
      state: says === null ? "well" : "late",
      says: says ?? "It answers, and delivers what is due.",
      answeredMs: tookMs,
      lastTickAt: lastTickAt?.toISOString() ?? null,
    };
  } catch {
    // What it refused with is of no use to who looks here; the queue page has it in full.
    const says = "It does not answer. Steps stay in the outbox and are sent by the tick once it does.";
    return { ...common, state: "failed", says, answeredMs: null, lastTickAt: null };
  }
}

/** What is wrong, the gravest first; null: nothing. Pure. */
function saysOf(facts: {
  readonly unpublished: number;
  readonly overdue: number;
  /** Undefined: there is no such schedule. */
  readonly paused: boolean | undefined;
  readonly lastTickAt: Date | null;
  readonly now: Date;
}): string | null {
  if (facts.paused === undefined)
    return "It answers, but has no schedule for the tick: without it nothing carries on what was lost.";
  if (facts.paused) return "It answers, but the tick's schedule is paused: nothing carries on what was lost.";
  if (facts.lastTickAt !== null && facts.now.getTime() - facts.lastTickAt.getTime() > lateTickMs)
    return "It answers, but has not sent the tick for more than three minutes.";
  if (facts.unpublished > 0) return "It answers, and messages wait to be taken by it for more than a minute.";
  if (facts.overdue > 0) return "It answers, and deliveries are overdue: the tick looks after them.";
  return null;
}
