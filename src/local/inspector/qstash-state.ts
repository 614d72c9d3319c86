import type { Pool } from "pg";
import { z } from "zod";
import { askJson } from "./answered.ts";
import { cutList } from "./cut-list.ts";

/** How many lines of the log are read for the messages that are shown. */
const logLines = 100;
const shownMessages = 25;

const logSchema = z.object({
  logs: z.array(
    z.object({
      time: z.number(),
      state: z.string(),
      messageId: z.string(),
      url: z.string(),
      queueName: z.string().optional(),
      responseStatus: z.number().optional(),
      nextDeliveryTime: z.number().optional(),
      error: z.string().optional(),
    }),
  ),
});
const queuesSchema = z.array(
  z.object({
    name: z.string(),
    parallelism: z.number(),
    paused: z.boolean().optional(),
    lag: z.number(),
  }),
);
const schedulesSchema = z.array(
  z.object({
    scheduleId: z.string(),
    cron: z.string(),
    destination: z.string(),
    isPaused: z.boolean(),
    nextScheduleTime: z.number().optional(),
  }),
);
const countsSchema = z.tuple([
  z.object({ waiting: z.coerce.number(), active: z.coerce.number(), dead: z.coerce.number() }),
]);

type LogLine = z.output<typeof logSchema>["logs"][number];

/** What QStash has: counts, the latest messages by their last line in the log, queues and schedules. */
export async function readQstash(source: { url: string; token: string; pool: Pool; signal: AbortSignal }) {
  const { url, pool, ...init } = source;
  const [counts, log, queues, schedules] = await Promise.all([
    countMessages(pool),
    askJson(`${url}/v2/logs?count=${logLines}`, logSchema, init),
    askJson(`${url}/v2/queues`, queuesSchema, init),
    askJson(`${url}/v2/schedules`, schedulesSchema, init),
  ]);
  return {
    counts,
    messages: latestOfEach(log.logs).slice(0, shownMessages),
    queues: cutList(queues),
    schedules: cutList(
      schedules.map((schedule) => ({ ...schedule, destination: withoutQuery(schedule.destination) })),
    ),
  };
}

/** The service itself counts only queues; the indexes of its tables make these three cheap. */
async function countMessages(pool: Pool) {
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
            count(*) FILTER (WHERE state = 'active') AS active,
            (SELECT count(*) FROM qstash.dead_letters) AS dead
     FROM qstash.messages WHERE state IN ('waiting', 'active')`,
  );
  return countsSchema.parse(rows)[0];
}

function latestOfEach(newestFirst: readonly LogLine[]): LogLine[] {
  const latest = new Map<string, LogLine>();
  for (const { url, ...line } of newestFirst) {
    // What was answered stands in an earlier line than the state that it led to.
    const { responseStatus, error, ...later } = latest.get(line.messageId) ?? {
      ...line,
      url: withoutQuery(url),
    };
    latest.set(line.messageId, {
      ...later,
      responseStatus: responseStatus ?? line.responseStatus,
      error: error ?? line.error,
    });
  }
  return [...latest.values()];
}

/** An address for the page: what stands in a query, or before an @, may be a secret. */
function withoutQuery(address: string): string {
  const [path = "", query] = address.split("?", 2);
  const shown = path.replace(/\/\/[^/@]*@/, "//");
  return query === undefined ? shown : `${shown}?…`;
}
