const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/**
 * A cron as people say it: "every minute", "every day at 03:17 UTC"; one that is not as simple stands as it is. Pure.
 */
export function cronWords(cron: string): string {
  const [, zone = "UTC", rest = ""] = /^(?:CRON_TZ=(\S+)\s+)?(.*)$/.exec(cron.trim()) ?? [];
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = rest.split(/\s+/);
  if (more.length > 0 || month !== "*" || day !== "*") return cron;
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (hour === "*" && weekday === "*") {
    if (minute === "*" || step === "1") return "every minute";
    if (step !== undefined) return `every ${step} minutes`;
    return isNumber(minute) ? `every hour at minute ${minute}` : cron;
  }
  if (!isNumber(minute) || !isNumber(hour)) return cron;
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")} ${zone}`;
  if (weekday === "*") return `every day at ${time}`;
  const name = isNumber(weekday) ? days[Number(weekday) % 7] : undefined;
  return name === undefined ? cron : `every ${name} at ${time}`;
}

function isNumber(text: string): boolean {
  return /^\d{1,2}$/.test(text);
}
