import type { ChartUnit } from "./chart-unit.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** Steps in which people count time, in ms. */
const timeSteps = [1, 2, 5, 10, 15, 20, 30].flatMap((n) => [n * second, n * minute]);
const longSteps = [1, 2, 3, 6, 12, 24, 48, 96, 240, 480].map((n) => n * hour);

/**
 * The marks of a value axis: from zero, or from the lowest where there is less, up to the first mark that is not
 * below the highest value; in steps that are round in the unit.
 */
export function valueMarks(lowest: number, highest: number, unit: ChartUnit, mostMarks = 5): number[] {
  const [low, high] = [Math.min(0, lowest), Math.max(0, highest)];
  if (low === high) return [0, unit === "nano-usd" ? 1e9 : 1];
  const step = roundStep((high - low) / (mostMarks - 1), unit);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

/** The smallest round step that is not below the raw one. */
function roundStep(raw: number, unit: ChartUnit): number {
  if (unit === "ms" && raw > 500) {
    const steps = [...timeSteps, ...longSteps].sort((a, b) => a - b);
    return steps.find((step) => step >= raw) ?? Math.ceil(raw / (240 * hour)) * 240 * hour;
  }
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((n) => n * power >= raw * (1 - 1e-9)) ?? 10) * power;
  return unit === "count" || unit === "nano-usd" || unit === "bytes" ? Math.max(1, step) : step;
}
