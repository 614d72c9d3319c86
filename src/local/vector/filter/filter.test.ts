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
