import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesFilter } from "./matches-filter.ts";
import { parseFilter } from "./parse-filter.ts";

const record = {
  city: "Istanbul",
  population: 15_460_000,
  capital: false,
  geo: { continent: "Asia", coordinates: [41.01, 28.97] },
  tags: ["sea", "strait", 7],
  "odd-name": 1,
};
const matches = (filter: string, metadata: unknown = record) => matchesFilter(parseFilter(filter), metadata);

describe("a filter matches as the service documents it", () => {
  test.each([
    "population >= 1000000 AND geo.continent = 'Asia'",
    "city = 'Ankara' or population > 1 and capital = false",
    "(city = 'Ankara' OR city != 'Izmir') AND capital = 0",
    "city GLOB \"?[sz]tan*[a-z]\" and city not glob '*[^l]'",
    "city IN ('Ankara', 'Istanbul') AND population NOT IN (1, 2)",
    "tags CONTAINS 'sea' AND tags NOT CONTAINS 'desert' AND tags contains 7",
    "tags[0] = 'sea' AND tags[#-1] = 7 AND geo.coordinates[1] < 29",
    "HAS FIELD geo.continent AND HAS NOT FIELD geo.country",
    "odd-name = 1",
    "city = 'Istanbul' AND has != 3 OR HAS FIELD city",
  ])("%s", (filter) => expect(matches(filter)).toBe(true));

  test.each([
    "city = 'istanbul'",
    "population > 'a' OR city = 'x'",
    "geo.missing != 1",
    "geo.missing NOT IN (1)",
    "tags[9] = 'sea'",
    "city > 5",
    "toString = 'x'",
  ])("not %s", (filter) => {
    if (filter.includes("> 'a'")) expect(() => parseFilter(filter)).toThrow("compares with a number");
    else expect(matches(filter)).toBe(false);
  });
});

test.each([
  ["", "expected a field, found the end at position 0"],
  ["a =", "expected a value, found the end at position 3"],
  ["a = 'x", "a string is not closed at position 4"],
  ["a = 1 b = 2", 'expected AND, OR or the end, found "b" at position 6'],
  ["a IN ()", 'expected a value, found ")" at position 6'],
  ["a NOT = 1", 'expected GLOB, IN or CONTAINS, found "=" at position 6'],
  ["(a = 1", "expected ')', found the end at position 6"],
  ["a ~ 1", 'unexpected character "~" at position 2'],
  ["a[x] = 1", '"a[x]" is not a field at position 1'],
])("%s is refused with what was expected and where", (filter, message) => {
  expect(() => parseFilter(filter)).toThrow(`Invalid filter: ${message}.`);
});

// The same filter twice: as text for the parser, and as a function that says what it means.
interface Case {
  readonly text: string;
  readonly means: (metadata: Metadata) => boolean;
}
type Metadata = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;

const field = fc.constantFrom("a", "b", "c", "d");
const text = fc.string({ maxLength: 3 }).filter((value) => !/['\\]/.test(value));
const number = fc.integer({ min: -3, max: 3 });
const literal = fc.oneof(text, number, fc.boolean());
const print = (value: string | number | boolean) =>
  typeof value === "string" ? `'${value}'` : String(value);
const same = (value: unknown, other: string | number | boolean) =>
  typeof value === "boolean" && typeof other === "number" ? Number(value) === other : value === other;
const isScalar = (value: unknown) => value !== undefined && !Array.isArray(value);

const leaf: fc.Arbitrary<Case> = fc.oneof(
  fc.record({ field, literal, not: fc.boolean() }).map(({ field, literal, not }) => ({
    text: `${field} ${not ? "!=" : "="} ${print(literal)}`,
    means: (metadata: Metadata) =>
      not ? isScalar(metadata[field]) && !same(metadata[field], literal) : same(metadata[field], literal),
  })),
  fc
    .record({ field, number, operator: fc.constantFrom("<", "<=", ">", ">=") })
    .map(({ field, number, operator }) => ({
      text: `${field}${operator}${number}`,
      means: (metadata: Metadata) => {
        const value = metadata[field];
        if (typeof value !== "number") return false;
        if (operator === "<") return value < number;
        if (operator === "<=") return value <= number;
        return operator === ">" ? value > number : value >= number;
      },
    })),
  fc
    .record({ field, list: fc.array(literal, { minLength: 1, maxLength: 3 }), not: fc.boolean() })
    .map(({ field, list, not }) => ({
      text: `${field} ${not ? "not " : ""}In (${list.map(print).join(",")})`,
      means: (metadata: Metadata) =>
        isScalar(metadata[field]) && list.some((item) => same(metadata[field], item)) !== not,
    })),
  fc.record({ field, item: fc.oneof(text, number), not: fc.boolean() }).map(({ field, item, not }) => ({
    text: `${field} ${not ? "NOT " : ""}CONTAINS ${print(item)}`,
    means: (metadata: Metadata) => {
      const value = metadata[field];
      return Array.isArray(value) && value.includes(item) !== not;
    },
  })),
  fc.record({ field, not: fc.boolean() }).map(({ field, not }) => ({
    text: `has ${not ? "not " : ""}field ${field}`,
    means: (metadata: Metadata) => (metadata[field] === undefined) === not,
  })),
);

const { filter: anyFilter } = fc.letrec<{ filter: Case; and: Case }>((tie) => ({
  and: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie("filter").map((inner) => ({ ...inner, text: `(${inner.text})` })),
    fc.tuple(tie("and"), leaf).map(([one, two]) => ({
      text: `${one.text} AND ${two.text}`,
      means: (metadata: Metadata) => one.means(metadata) && two.means(metadata),
    })),
  ),
  filter: fc.oneof(
    { maxDepth: 3 },
    tie("and"),
    fc.tuple(tie("filter"), tie("and")).map(([one, two]) => ({
      text: `${one.text} or ${two.text}`,
      means: (metadata: Metadata) => one.means(metadata) || two.means(metadata),
    })),
  ),
}));
const anyMetadata = fc.dictionary(
  field,
  fc.oneof(text, number, fc.boolean(), fc.array(fc.oneof(text, number), { maxLength: 3 })),
);

test("any filter means what a plain reading of it means", () => {
  fc.assert(
    fc.property(anyFilter, anyMetadata, ({ text, means }, metadata) => {
      expect(matchesFilter(parseFilter(text), metadata)).toBe(means(metadata));
    }),
    { numRuns: 2000 },
  );
});
