import type { CreateScheduleRequest } from "@upstash/qstash";
import { onTestFinished } from "vitest";
import type { AdjustableClock } from "../../../src/kernel/clock.ts";
import { needs } from "../target.ts";
import type { QstashTarget } from "./target.ts";

/**
 * How far the ticks of `tickCron` are apart, in ms: longer than a test may last, so that none comes by itself, and
 * shorter than the timeout of a delivery, so that a step to the next one breaks none off.
 */
export const tickMs = 600_000;

/**
 * A cron whose ticks a test brings about: the clock is at the beginning of a period when the schedule is made
 * (`toNextTick`), and is moved from tick to tick.
 */
export const tickCron = "*/10 * * * *";

/** Moves the clock to just after the next tick of `tickCron`. */
export function toNextTick(clock: AdjustableClock): void {
  clock.advance(tickMs - (clock.now().getTime() % tickMs) + 1);
}

/**
 * Creates a schedule that ticks by `toNextTick` and at no other time, for the running test; it needs("clock").
 * @returns its id
 */
export async function startTicking(
  { client, clock, name }: QstashTarget,
  schedule: Omit<CreateScheduleRequest, "cron" | "scheduleId"> & { readonly name: string },
): Promise<string> {
  needs("clock");
  const { name: own, ...request } = schedule;
  const scheduleId = name(own);
  toNextTick(clock);
  await client.schedules.create({ ...request, cron: tickCron, scheduleId });
  onTestFinished(() =>
    client.schedules.delete(scheduleId).then(
      () => undefined,
      () => undefined,
    ),
  );
  return scheduleId;
}
