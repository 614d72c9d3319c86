import { Cron } from "croner";
import { refusal } from "../refusal.ts";

/**
 * When a cron expression falls due next after a time, in ms since the epoch. Five fields, in UTC unless it
 * begins with `CRON_TZ=Area/City `.
 * @throws refusal 400 for an expression that is wrong or never falls due
 */
export function nextCronMs(expression: string, afterMs: number): number {
  const [, timezone = "UTC", pattern = ""] = /^(?:CRON_TZ=(\S+)\s+)?(.*)$/.exec(expression.trim()) ?? [];
  let next: Date | null;
  try {
    next = new Cron(pattern, { timezone, mode: "5-part", sloppyRanges: true }).nextRun(new Date(afterMs));
  } catch (error) {
    throw refusal(400, `invalid cron "${expression}": ${error instanceof Error ? error.message : error}`);
  }
  if (next === null) throw refusal(400, `invalid cron "${expression}": it never falls due`);
  return next.getTime();
}
