import { expect, test } from "vitest";
import { clockSkewMs } from "./clock-skew.ts";

test.each([
  ["begins after what it follows from", 1_000, [900, 400], 0],
  ["begins with it", 1_000, [1_000], 0],
  ["begins before it by less than clocks agree on", 1_000, [1_019.9], 0],
  ["begins before it", 1_000, [1_250.4], 250],
  ["begins before several", 1_000, [1_100, 1_300, 500], 300],
  ["follows from nothing", 1_000, [], 0],
])("a span that %s: %d after %o is %d ms off", (_name, startMs, earlierMs, skewMs) => {
  expect(clockSkewMs(startMs, earlierMs)).toBe(skewMs);
});
