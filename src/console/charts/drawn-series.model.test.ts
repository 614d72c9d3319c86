import { expect, it } from "vitest";
import { drawnSeries, extentOf, hasFigures, sumAt } from "./drawn-series.model.ts";

const series = (key: string, ...values: (number | bigint | null)[]) => ({ key, label: key, values });
const many = Array.from({ length: 9 }, (_, n) => series(`s${n + 1}`, n + 1));

it("gives each series a colour of its own while there are colours, and draws the rest as one", () => {
  const drawn = drawnSeries(many, null);
  expect(drawn.map(({ colour }) => colour)).toEqual([
    ...[1, 2, 3, 4, 5, 6].map((n) => `var(--wb-series-${n})`),
    "var(--wb-series-others)",
  ]);
  expect(drawn.at(-1)).toMatchObject({ label: "others", values: [7 + 8 + 9], others: true });
});

it("draws what is picked alone, in the colour that it had", () => {
  expect(drawnSeries(many, "s3")).toMatchObject([{ key: "s3", colour: "var(--wb-series-3)" }]);
  expect(drawnSeries(many, "s8")).toMatchObject([{ key: "s8", colour: "var(--wb-series-others)" }]);
  expect(drawnSeries(many, "gone")).toHaveLength(7);
});

it("colours what is bad by that, whatever stands beside it", () => {
  const drawn = drawnSeries([{ ...series("a", 1), tone: "bad" }, series("b", 1)], null);
  expect(drawn.map(({ colour }) => colour)).toEqual(["var(--wb-bad)", "var(--wb-series-1)"]);
});

it("adds amounts to the last nano-USD", () => {
  expect(sumAt([series("a", 9_007_199_254_740_993n), series("b", 1n)], 0)).toBe(9_007_199_254_740_994n);
  expect(sumAt([series("a", null), series("b", null)], 0)).toBeNull();
});

it("finds how high a stack is, and how high the highest line", () => {
  const two = [series("a", 1, 5), series("b", 2, -3)];
  expect(extentOf(two, "bars")).toEqual({ low: -3, high: 5 });
  expect(extentOf([series("a", 1, 5), series("b", 2, 3)], "area")).toEqual({ low: 0, high: 8 });
  expect(extentOf([series("a", 1, 5), series("b", 2, 3)], "line")).toEqual({ low: 0, high: 5 });
});

it("tells figures from their absence", () => {
  expect(hasFigures({ boundaries: [], series: [series("a", 0, null, 0n)] })).toBe(false);
  expect(hasFigures({ boundaries: [], series: [series("a", 0, -1)] })).toBe(true);
});
