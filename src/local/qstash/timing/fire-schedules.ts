import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import { inTransaction } from "../../kit/database.ts";
import { newMessageId } from "../delivery/message-id.ts";
import { type MessageSpec, messageSpecSchema } from "../entities.ts";
import { resolveDestination } from "../store/resolve-destination.ts";
import { takeInMessages } from "../store/take-in-messages.ts";
import { nextCronMs } from "./cron.ts";

const dueSchema = z.object({
  schedule_id: z.string(),
  cron: z.string(),
  destination: z.string(),
  delay_ms: z.coerce.number().nullable(),
  spec: messageSpecSchema,
  body: z.instanceof(Buffer),
});
type DueSchedule = z.output<typeof dueSchema>;

/**
 * Publishes the messages of the schedules that are due. Ticks that were missed, because nothing ran, are one
 * message and not many.
 * @returns how many schedules were due
 */
export async function fireSchedules(pool: Pool, nowMs: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query(
      `SELECT schedule_id, cron, destination, delay_ms, spec, body FROM qstash.schedules
       WHERE NOT paused AND next_ms <= $1 ORDER BY next_ms, schedule_id FOR UPDATE SKIP LOCKED`,
      [nowMs],
    );
    for (const schedule of z.array(dueSchema).parse(rows)) await fire(client, schedule, nowMs);
    return rows.length;
  });
}

async function fire(client: PoolClient, schedule: DueSchedule, nowMs: number): Promise<void> {
  // A group that is gone by now has nobody to send to; the schedule stays.
  const destinations = (await resolveDestination(client, schedule.destination)) ?? [];
  const dueMs = nowMs + Math.round(schedule.delay_ms ?? 0);
  const messages = destinations.map((destination) => {
    const spec: MessageSpec = { ...schedule.spec, ...destination, scheduleId: schedule.schedule_id };
    const queue = spec.queueName === undefined ? undefined : { name: spec.queueName };
    return { messageId: newMessageId(), spec, body: schedule.body, dueMs, queue };
  });
  await takeInMessages(client, messages, nowMs);
  await client.query(
    "UPDATE qstash.schedules SET next_ms = $2, last_ms = $3, last_message_ids = $4 WHERE schedule_id = $1",
    [
      schedule.schedule_id,
      nextCronMs(schedule.cron, nowMs),
      nowMs,
      messages.map((message) => message.messageId),
    ],
  );
}

const nextSchema = z.object({ next: z.coerce.number().nullable() });

/** When the next schedule falls due. */
export async function nextScheduleMs(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query("SELECT min(next_ms) AS next FROM qstash.schedules WHERE NOT paused");
  return nextSchema.parse(rows[0]).next ?? undefined;
}
