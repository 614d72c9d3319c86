import type { ChartData, ChartSeries, ChartShape, ChartValue } from "./chart-data.ts";

/** How many colours can be told apart, by colour-blind people too (theme/palette.test.ts). */
const paletteSize = 6;

/** A series with the colour that it keeps. */
export interface DrawnSeries extends ChartSeries {
  readonly colour: string;
}

/**
 * The series with their colours. More than there are colours for are drawn as one; a series that is picked is drawn
 * alone, in the colour that it had.
 */
export function drawnSeries(all: readonly ChartSeries[], picked: string | null): DrawnSeries[] {
  const plain = all.filter(({ tone, others }) => tone === undefined && others !== true);
  const own = new Set(plain.slice(0, paletteSize));
  let next = 0;
  const shown: DrawnSeries[] = all.flatMap((series) => {
    if (series.tone !== undefined) return [{ ...series, colour: `var(--wb-${series.tone})` }];
    if (!own.has(series)) return [];
    next += 1;
    return [{ ...series, colour: `var(--wb-series-${next})` }];
  });
  const rest = all.filter(
    (series) => series.others === true || (series.tone === undefined && !own.has(series)),
  );
  const alone =
    shown.find(({ key }) => key === picked) ?? together(rest.filter(({ key }) => key === picked))[0];
  return alone === undefined ? [...shown, ...together(rest)] : [alone];
}

function together(rest: readonly ChartSeries[]): DrawnSeries[] {
  const [first] = rest;
  if (first === undefined) return [];
  const colour = "var(--wb-series-others)";
  if (rest.length === 1) return [{ ...first, colour }];
  const values = first.values.map((_, place) => sumAt(rest, place));
  return [{ key: "", label: "others", values, others: true, colour }];
}

/** The sum of the series at a place; null where none of them has a value. */
export function sumAt(series: readonly ChartSeries[], place: number): ChartValue {
  const values = series.map(({ values: each }) => each[place] ?? null).filter((value) => value !== null);
  if (values.length === 0) return null;
  if (values.every((value) => typeof value === "bigint"))
    return values.reduce((sum, value) => sum + value, 0n);
  return values.reduce<number>((sum, value) => sum + Number(value), 0);
}

/** The lowest and the highest point that are drawn. */
export function extentOf(drawn: readonly ChartSeries[], shape: ChartShape): { low: number; high: number } {
  let [low, high] = [0, 0];
  const count = drawn[0]?.values.length ?? 0;
  for (let place = 0; place < count; place += 1) {
    const values = drawn.map(({ values: each }) => Number(each[place] ?? 0));
    const [down, up] = shape === "line" ? [Math.min(...values), Math.max(...values)] : sums(values);
    [low, high] = [Math.min(low, down), Math.max(high, up)];
  }
  return { low, high };
}

function sums(values: readonly number[]): [number, number] {
  const sum = (part: readonly number[]) => part.reduce((total, value) => total + value, 0);
  return [sum(values.filter((value) => value < 0)), sum(values.filter((value) => value > 0))];
}

/** True when there is something to see: at any place a value that is not zero. */
export function hasFigures(data: ChartData): boolean {
  return data.series.some(({ values }) => values.some((value) => value !== null && Number(value) !== 0));
}
