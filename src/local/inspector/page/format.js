const number = new Intl.NumberFormat("en");
const clockTime = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const dayAndTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** A whole number with its thousands set off. */
export function formatNumber(value) {
  return number.format(value);
}

/** A moment in local time; the date stands with it when it is not that of `nowMs`. */
export function formatTime(ms, nowMs) {
  const sameDay = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return (sameDay ? clockTime : dayAndTime).format(ms);
}

/** A moment in local time, with its date. */
export function formatMoment(ms) {
  return dayAndTime.format(ms);
}

/** How far a clock is ahead, in its two largest units: `1 d 2 h`. */
export function formatDuration(ms) {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
  ];
  const parts = [];
  let rest = Math.round(ms / 1000) * 1000;
  for (const [name, size] of units) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount} ${name}`);
  }
  return parts.slice(0, 2).join(" ");
}

/** The name of a counter as words. */
export function formatMeter(name) {
  return name.replaceAll("_", " ");
}
