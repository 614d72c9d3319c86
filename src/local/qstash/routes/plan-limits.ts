import type { Pool } from "pg";
import type { Options } from "../options.ts";
import { refusal } from "../refusal.ts";
import { listQueueNames } from "../store/queues.ts";
import { listScheduleIds } from "../store/schedules.ts";
import type { PublishHeaders } from "../wire/publish-headers.ts";

/** Room for queues that a request may make by naming them. @throws refusal 412 when there is none for this one */
export type QueueRoom = (name: string) => Promise<void>;

/** Counts the queues that there are and those that the same request makes. */
export function createQueueRoom(pool: Pool, { maxQueues }: Options): QueueRoom {
  let names: Set<string> | undefined;
  return async (name) => {
    if (!Number.isFinite(maxQueues)) return;
    names ??= new Set(await listQueueNames(pool));
    if (names.has(name)) return;
    if (names.size >= maxQueues) throw refusal(412, `exceeded the maximum number of queues: ${maxQueues}`);
    names.add(name);
  };
}

/** @throws refusal 412 when a queue would be wider than allowed */
export function checkQueueParallelism(parallelism: number, { maxQueueParallelism }: Options): void {
  if (parallelism <= maxQueueParallelism) return;
  throw refusal(412, `exceeded the maximum parallelism of a queue: ${maxQueueParallelism}`);
}

/** @throws refusal 412 when one more schedule would be too many */
export async function checkScheduleRoom(
  pool: Pool,
  scheduleId: string,
  { maxSchedules }: Options,
): Promise<void> {
  if (!Number.isFinite(maxSchedules)) return;
  const ids = await listScheduleIds(pool);
  if (ids.length < maxSchedules || ids.includes(scheduleId)) return;
  throw refusal(412, `exceeded the maximum number of schedules: ${maxSchedules}`);
}

/** @throws refusal 412 for a delay, of a message or its callbacks, or 400 for a rate's period that is too long */
export function checkSettings({ delayMs = 0, given }: PublishHeaders, options: Options): void {
  for (const ms of [delayMs, given.callback?.delayMs ?? 0, given.failureCallback?.delayMs ?? 0]) {
    checkDelay(ms, options);
  }
  if (given.flow) checkFlowPeriod(given.flow.periodSec, options);
}

/** @throws refusal 412 beyond the longest delay */
export function checkDelay(delayMs: number, { maxDelayMs }: Options): void {
  if (delayMs <= maxDelayMs) return;
  throw refusal(412, `exceeded the maximum delay: ${maxDelayMs / 1000}s`);
}

/** @throws refusal 400 beyond the longest period of a rate */
export function checkFlowPeriod(periodSec: number, { maxFlowPeriodSec }: Options): void {
  if (periodSec <= maxFlowPeriodSec) return;
  throw refusal(
    400,
    `invalid flow control period ${periodSec}s: it must not be longer than ${maxFlowPeriodSec}s`,
  );
}
