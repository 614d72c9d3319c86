import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
  `${"(".repeat(5000)}1${")".repeat(5000)}`,
])("%j is refused", (text) => {
  expect(() => parseRetryDelay(text)).toThrow(SyntaxError);
});

/** An expression as text and, computed apart from the parser, its value. */
interface Sample {
  readonly text: string;
  readonly compute: (retried: number) => number;
}

const sample = fc.letrec<{ tree: Sample }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.nat(1000).map((n): Sample => ({ text: String(n), compute: () => n })),
    fc.constant<Sample>({ text: "retried", compute: (retried) => retried }),
    fc
      .tuple(tie("tree"), fc.constantFrom("+", "-", "*", "/"), tie("tree"))
      .map(([a, operator, b]): Sample => {
        const operators: Record<string, (x: number, y: number) => number> = {
          "+": (x, y) => x + y,
          "-": (x, y) => x - y,
          "*": (x, y) => x * y,
          "/": (x, y) => x / y,
        };
        return {
          text: `(${a.text} ${operator} ${b.text})`,
          compute: (retried) => operators[operator]?.(a.compute(retried), b.compute(retried)) ?? Number.NaN,
        };
      }),
    fc.tuple(tie("tree"), tie("tree")).map(
      ([a, b]): Sample => ({
        text: `max(${a.text},min(${b.text}, 7))`,
        compute: (retried) => Math.max(a.compute(retried), Math.min(b.compute(retried), 7)),
      }),
    ),
    tie("tree").map((a): Sample => ({ text: `-${a.text}`, compute: (retried) => -a.compute(retried) })),
  ),
})).tree;

describe("any expression", () => {
  test("has the value that its tree has", () => {
    fc.assert(
      fc.property(sample, fc.nat(10), ({ text, compute }, retried) => {
        expect(parseRetryDelay(text)(retried)).toEqual(compute(retried));
      }),
    );
  });

  test("is parsed or refused with a SyntaxError, whatever the text", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789.+-*/(), ", "retried", "pow", "min", "x") });
    fc.assert(
      fc.property(text, (expression) => {
        try {
          expect(typeof parseRetryDelay(expression)(1)).toBe("number");
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });
});
