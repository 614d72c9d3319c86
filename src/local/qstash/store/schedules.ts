import type { Pool } from "pg";
import { z } from "zod";
import { messageSpecSchema } from "../entities.ts";

const rowSchema = z.object({
  schedule_id: z.string(),
  cron: z.string(),
  destination: z.string(),
  created_ms: z.coerce.number(),
  paused: z.boolean(),
  delay_ms: z.coerce.number().nullable(),
  next_ms: z.coerce.number(),
  last_ms: z.coerce.number().nullable(),
  spec: messageSpecSchema,
  body: z.instanceof(Buffer),
  last_states: z.record(z.string(), z.string()).nullable(),
});
/** A schedule as it is kept, with the states of the messages of its last tick. */
export type ScheduleRow = z.output<typeof rowSchema>;

/** A schedule to be created. */
export type NewSchedule = Pick<
  ScheduleRow,
  "schedule_id" | "cron" | "destination" | "delay_ms" | "next_ms" | "spec" | "body"
>;

/** Creates a schedule, or writes the one of that id over whole. */
export async function putSchedule(pool: Pool, schedule: NewSchedule, nowMs: number): Promise<void> {
  await pool.query(
    `INSERT INTO qstash.schedules (schedule_id, cron, destination, created_ms, delay_ms, next_ms, spec, body)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (schedule_id) DO UPDATE SET
       cron = excluded.cron, destination = excluded.destination, created_ms = excluded.created_ms,
       delay_ms = excluded.delay_ms, next_ms = excluded.next_ms, spec = excluded.spec, body = excluded.body,
       paused = false`,
    [
      schedule.schedule_id,
      schedule.cron,
      schedule.destination,
      nowMs,
      schedule.delay_ms,
      schedule.next_ms,
      JSON.stringify(schedule.spec),
      schedule.body,
    ],
  );
}

/** All schedules, or the one of that id. */
export async function listSchedules(pool: Pool, scheduleId?: string): Promise<ScheduleRow[]> {
  const { rows } = await pool.query(
    `SELECT s.*, (SELECT jsonb_object_agg(m.message_id, m.state) FROM qstash.messages m
                  WHERE m.message_id = ANY(s.last_message_ids)) AS last_states
     FROM qstash.schedules s WHERE $1::text IS NULL OR schedule_id = $1 ORDER BY created_ms, schedule_id`,
    [scheduleId ?? null],
  );
  return z.array(rowSchema).parse(rows);
}

/** The ids of all schedules. */
export async function listScheduleIds(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ schedule_id: string }>("SELECT schedule_id FROM qstash.schedules");
  return rows.map((row) => row.schedule_id);
}

/** @returns false when there is no such schedule */
export async function pauseSchedule(pool: Pool, scheduleId: string): Promise<boolean> {
  const { rowCount } = await pool.query("UPDATE qstash.schedules SET paused = true WHERE schedule_id = $1", [
    scheduleId,
  ]);
  return rowCount === 1;
}

/** Resumes a schedule; the ticks that it missed are not made up for. */
export async function resumeSchedule(pool: Pool, scheduleId: string, nextMs: number): Promise<void> {
  await pool.query(
    "UPDATE qstash.schedules SET paused = false, next_ms = $2 WHERE schedule_id = $1 AND paused",
    [scheduleId, nextMs],
  );
}

/** @returns false when there is no such schedule */
export async function deleteSchedule(pool: Pool, scheduleId: string): Promise<boolean> {
  const { rowCount } = await pool.query("DELETE FROM qstash.schedules WHERE schedule_id = $1", [scheduleId]);
  return rowCount === 1;
}
