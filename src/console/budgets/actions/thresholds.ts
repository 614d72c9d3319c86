/** How many thresholds a budget may have, and how high they may be, in percent. */
const most = 10;
const highest = 1000;

/** Thresholds as they are typed: "50, 80, 100". Null for what is none. Pure. */
export function parseThresholds(typed: string): number[] | null {
  const parts = typed.split(/[\s,;%]+/).filter((part) => part !== "");
  const percents = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : 0));
  if (percents.length > most || percents.some((percent) => percent < 1 || percent > highest)) return null;
  return [...new Set(percents)].sort((a, b) => a - b);
}
