import { loadavg } from "node:os";

/** The middle of some numbers; of the share `at` of them when it is given, as 0.95. */
export function quantile(numbers: readonly number[], at = 0.5): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

/** Prints a figure beside what it is compared with: what it is, what was seen, and the ratio of both. */
export function figure(
  what: string,
  seen: number,
  unit: string,
  comparison?: { name: string; value: number },
): void {
  const against = comparison
    ? `; ${comparison.name} ${round(comparison.value)} ${unit}; ratio ${(seen / comparison.value).toFixed(2)}`
    : "";
  console.log(`${what}: ${round(seen)} ${unit}${against}`);
}

/** Prints a heading with the load of the machine, as figures of a busy one say little. */
export function heading(title: string): void {
  const [load = 0] = loadavg();
  console.log(`\n${title} (load ${load.toFixed(1)})`);
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
