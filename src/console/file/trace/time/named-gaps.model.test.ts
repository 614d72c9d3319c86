import { expect, test } from "vitest";
import { covers, namedGaps } from "./named-gaps.model.ts";
import type { Scale } from "./scale.ts";
import { makeTimeAxis } from "./time-axis.ts";

const scale = (from: number, to: number): Scale => ({
  axis: makeTimeAxis(10_000, []),
  window: { from, to },
  widthPx: 1_000,
  nowMs: 10_000,
});
const backoff = { band: "backoff", startMs: 1_000, endMs: 4_000 } as const;
const hold = { band: "held", startMs: 5_000, endMs: Number.POSITIVE_INFINITY } as const;
const work = { band: "step", startMs: 4_000, endMs: 5_000 } as const;

test("a wait is named with its length in the middle of what is in sight of it; work is not", () => {
  expect(namedGaps([backoff, work, hold], scale(0, 10_000))).toMatchObject([
    { key: "backoff 1000", words: "Backoff 3 s", middlePx: 250 },
    { key: "held 5000", words: "Hold 5 s", middlePx: 750 },
  ]);
  expect(namedGaps([backoff], scale(2_000, 12_000))).toMatchObject([{ middlePx: 100 }]);
});

test("a wait without room for its name has none", () => {
  expect(namedGaps([{ ...backoff, endMs: 1_500 }], scale(0, 10_000))).toEqual([]);
  expect(namedGaps([backoff], scale(6_000, 9_000))).toEqual([]);
});

test("it is told whether other words lie over a name", () => {
  const [gap] = namedGaps([backoff], scale(0, 10_000));
  expect(gap && covers({ fromPx: 240, toPx: 300 }, gap)).toBe(true);
  expect(gap && covers({ fromPx: 400, toPx: 500 }, gap)).toBe(false);
});
