import { expect, test } from "vitest";
import { parseRetryDelay } from "./retry-delay.ts";

test.each<[string, number, number]>([
  ["1000", 0, 1000],
  ["1000 * (1 + retried)", 2, 3000],
  ["1 + 2 * 3", 0, 7],
  ["10 - 2 - 3", 0, 5],
  ["100 / 10 / 2", 0, 5],
  ["-2 + 5", 0, 3],
  ["-(2 + 3) * -1", 0, 5],
  ["2 * -3 + 10", 0, 4],
  ["pow(2, retried) * 1000", 3, 8000],
  ["min(600000, 2000 * pow(4, retried))", 9, 600_000],
  ["max(1, retried) + sqrt(16) + abs(-1)", 5, 10],
  ["floor(1.9) + ceil(1.1) + round(1.5)", 0, 5],
  ["POW(2, Retried)", 3, 8],
  [".5 * 4", 0, 2],
])("%s with %d retries is %d", (text, retried, value) => {
  expect(parseRetryDelay(text)(retried)).toBeCloseTo(value, 9);
});

test.each([
  "",
  "1 +",
  "(1",
  "1)",
  "1 2",
  "pow(2)",
  "min(1, 2, 3)",
  "retries",
  "process.exit()",
  "constructor(1)",
  "toString",
  "1 constructor 2",
  "1; 2",
  "2 ** 3",
  "1e400",
  "`1`",
  `${"(".repeat(200)}1${")".repeat(200)}`,
  `1${" + 1".repeat(500)}`,
])("%j is refused", (text) => {
  expect(() => parseRetryDelay(text)).toThrow(SyntaxError);
});
