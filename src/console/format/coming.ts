const dayMs = 86_400_000;
const monthMs = 28 * dayMs;

/**
 * When something will be, as people say it: "today 14:00", "tomorrow 09:30", "Thursday 14:00", "12 Dec 14:00",
 * "4 Jan 2027".
 * @param timeZone IANA name; left out: the reader's own
 */
export function formatComing(iso: string, now: Date, timeZone?: string): string {
  const at = new Date(iso);
  const zone = timeZone === undefined ? {} : { timeZone };
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...zone, ...options }).format(at);
  const dayOf = (day: Date) => new Intl.DateTimeFormat("en-CA", { ...zone, dateStyle: "short" }).format(day);
  const time = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (dayOf(at) === dayOf(now)) return `today ${time}`;
  if (dayOf(at) === dayOf(new Date(now.getTime() + dayMs))) return `tomorrow ${time}`;
  const aheadMs = at.getTime() - now.getTime();
  if (aheadMs > 0 && aheadMs < 6 * dayMs) return `${part({ weekday: "long" })} ${time}`;
  if (Math.abs(aheadMs) < monthMs) return `${part({ day: "numeric", month: "short" })} ${time}`;
  return part({ day: "numeric", month: "short", year: "numeric" });
}
