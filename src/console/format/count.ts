const grouped = new Intl.NumberFormat("en-US");
const byteUnits = ["B", "kB", "MB", "GB", "TB"];

/** A whole number with thousands separators. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** "1 page", "34 pages"; `plural` for words that do not take an s. */
export function formatCounted(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(value)} ${value === 1 ? noun : plural}`;
}

/** A size in decimal units, as disks and object stores count: "2.4 MB". */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < byteUnits.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.5 ? 0 : 1;
  return `${size.toFixed(digits)} ${byteUnits[unit]}`;
}

/** A count that ended at a cap says so: "500+". */
export function formatCapped(value: number, capped: boolean): string {
  return `${formatCount(value)}${capped ? "+" : ""}`;
}
