import { describe, expect, test } from "vitest";
import { sharedIndex } from "./target.ts";

const records: { id: string; metadata?: Record<string, unknown> }[] = [
  {
    id: "istanbul",
    metadata: {
      city: "Istanbul",
      population: 15_460_000,
      capital: false,
      geo: { continent: "Asia", center: [41, 29] },
      tags: ["sea", "strait", 7],
    },
  },
  {
    id: "ankara",
    metadata: {
      city: "Ankara",
      population: 5_700_000,
      capital: true,
      geo: { continent: "Asia", center: [40, 33], height: 938 },
      tags: ["steppe"],
    },
  },
  { id: "izmir", metadata: { city: "Izmir [TR]", population: 4_400_000, tags: ["sea", "bay"] } },
  { id: "nowhere" },
];

const opened = sharedIndex({ dense: { dimension: 2, similarityFunction: "COSINE" } }, ({ own }) =>
  own.upsert(records.map((record, at) => ({ ...record, vector: [1, at / 10] }))),
);

/** The ids that a query with the filter finds, the nearest first. */
async function find(filter: string): Promise<(string | number)[]> {
  return (await opened.target.own.query({ vector: [1, 0], topK: 10, filter })).map(({ id }) => id);
}

describe("a filter of a query", () => {
  test.each([
    ["city = 'Ankara'", ["ankara"]],
    ['city = "Ankara"', ["ankara"]],
    ["city = 'ankara'", []],
    ["population = 5700000", ["ankara"]],
    ["capital = true", ["ankara"]],
    ["capital = 0", ["istanbul"]],
    ["city != 'Ankara'", ["istanbul", "izmir"]],
    ["capital != true", ["istanbul"]],
    ["population < 5700000", ["izmir"]],
    ["population <= 5700000", ["ankara", "izmir"]],
    ["population > 5700000", ["istanbul"]],
    ["population >= 5700000", ["istanbul", "ankara"]],
    ["geo.height > -1.5", ["ankara"]],
    ["city GLOB '?[sz]*'", ["istanbul", "izmir"]],
    ["city GLOB '[A-C]nk[^b]ra'", ["ankara"]],
    ["city GLOB '*istanbul'", []],
    ["city NOT GLOB '*an*'", ["ankara", "izmir"]],
    ["city IN ('Ankara', 'Izmir [TR]', 3)", ["ankara", "izmir"]],
    ["population NOT IN (5700000, 1)", ["istanbul", "izmir"]],
    ["tags CONTAINS 'sea'", ["istanbul", "izmir"]],
    ["tags CONTAINS 7", ["istanbul"]],
    ["tags NOT CONTAINS 'sea'", ["ankara"]],
    ["HAS FIELD geo.height", ["ankara"]],
    ["HAS NOT FIELD geo.height", ["istanbul", "izmir", "nowhere"]],
    ["geo.continent = 'Asia'", ["istanbul", "ankara"]],
    ["geo.center[1] > 30", ["ankara"]],
    ["tags[0] = 'sea'", ["istanbul", "izmir"]],
    ["tags[#-1] = 'bay'", ["izmir"]],
    ["tags[9] = 'sea'", []],
    ["tags[#-0] = 'sea'", []],
    ["tags[#-9] = 'sea'", []],
  ])("%s finds %j", async (filter, ids) => expect(await find(filter)).toEqual(ids));

  test.each([
    ["city = 'Ankara' OR city = 'Istanbul' AND capital = true", ["ankara"]],
    ["(city = 'Ankara' OR city = 'Istanbul') AND capital = false", ["istanbul"]],
    ["city = 'Istanbul' AND population < 1 OR tags CONTAINS 'bay'", ["izmir"]],
    ["((population > 1)) AND (NOT_THERE = 1 OR tags CONTAINS 'sea')", ["istanbul", "izmir"]],
    ["city in ('Ankara') or has field geo and tags not contains 'steppe'", ["istanbul", "ankara"]],
  ])("AND binds tighter than OR, keywords may be in any case: %s", async (filter, ids) => {
    expect(await find(filter)).toEqual(ids);
  });

  test("an empty one is none", async () => expect(await find("")).toHaveLength(records.length));

  test.each([
    "city",
    "city = ",
    "city == 'x'",
    "population > 'many'",
    "city GLOB 3",
    "city IN 'Ankara'",
    "city IN ('Ankara'",
    "NOT city = 'x'",
    "city NOT = 'x'",
    "(city = 'x'",
    "city = 'x' AND",
    "city = 'x' city = 'y'",
    "0city = 'x'",
    "HAS city",
  ])("what is no filter is refused: %s", async (filter) => {
    await expect(find(filter)).rejects.toThrow(/filter/i);
  });
});
