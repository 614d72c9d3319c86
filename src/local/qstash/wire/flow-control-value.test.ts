import fc from "fast-check";
import { HTTPException } from "hono/http-exception";
import { expect, test } from "vitest";
import { parseFlowControl } from "./flow-control-value.ts";

const parse = (value: string) =>
  parseFlowControl(new Headers({ "Upstash-Flow-Control-Key": "k", "Upstash-Flow-Control-Value": value }));

test("any subset of the fields is read, in any order and spacing", () => {
  const limit = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  const field = fc.record(
    { parallelism: limit, rate: limit, period: fc.integer({ min: 1, max: 604_800 }) },
    { requiredKeys: [] },
  );
  const spaces = fc.infiniteStream(fc.constantFrom("", " ", "  "));
  fc.assert(
    fc.property(field, fc.nat(5), fc.constantFrom("s", ""), spaces, (fields, turn, unit, space) => {
      fc.pre(fields.parallelism !== undefined || fields.rate !== undefined);
      const gap = () => space.next().value;
      const parts = Object.entries(fields).map(
        ([name, value]) => `${name}${gap()}=${gap()}${value}${name === "period" ? unit : ""}`,
      );
      const turned = [...parts.slice(turn % parts.length), ...parts.slice(0, turn % parts.length)];
      expect(parse(turned.join(`${gap()},${gap()}`))).toEqual({
        key: "k",
        parallelism: fields.parallelism,
        rate: fields.rate,
        periodSec: fields.period ?? 1,
      });
    }),
  );
});

test("any other value is refused and never a crash", () => {
  const words = [
    "parallelism",
    "rate",
    "period",
    "speed",
    "=",
    ",",
    " ",
    "1",
    "0",
    "-",
    "m",
    "1.5",
    "9999999999",
  ];
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...words), maxLength: 12 }), (value) => {
      try {
        const flow = parse(value);
        expect(flow?.parallelism ?? flow?.rate).toBeGreaterThanOrEqual(1);
        expect(flow?.periodSec).toBeGreaterThanOrEqual(1);
      } catch (error) {
        expect(error).toBeInstanceOf(HTTPException);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  "rate=5=6",
  "rate=1,rate=2",
  "rate=3000000000",
  "rate",
  "rate=",
  "rate=1,",
  "rate=1.5",
  "rate=+1",
])("%j is refused", (value) => {
  expect(() => parse(value)).toThrow(HTTPException);
});

test("a key and a value need each other", () => {
  const key = new Headers({ "Upstash-Flow-Control-Key": "k" });
  const value = new Headers({ "Upstash-Flow-Control-Value": "rate=1" });
  for (const headers of [key, value]) expect(() => parseFlowControl(headers)).toThrow(/together/);
  expect(parseFlowControl(new Headers())).toBeUndefined();
});
