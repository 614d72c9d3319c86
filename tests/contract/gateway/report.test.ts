import { embedMany } from "ai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../target.ts";
import { type GatewayTarget, openTarget } from "./target.ts";

let target: GatewayTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

/** The days of UTC before, on and after which a test may run. */
function aroundToday() {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  return { startDate: day(-1), endDate: day(1) };
}

test("getSpendReport tells the tokens of a model by the hour, and what they cost", async () => {
  needs("meter");
  const { usage } = await embedMany({
    model: target.provider().embeddingModel(target.modelId),
    values: ["one", "two words"],
  });
  const report = { ...aroundToday(), groupBy: "day", datePart: "hour" } as const;
  const { results } = await target.provider().getSpendReport({ ...report, model: target.modelId });
  const sum = (column: "inputTokens" | "totalCost") =>
    results.reduce((total, row) => total + (row[column] ?? 0), 0);
  expect(sum("inputTokens")).toBe(usage.tokens);
  expect(sum("totalCost")).toBeCloseTo(usage.tokens * 0.000_000_02, 12);
  expect(results.every(({ hour }) => /T\d\d:00:00/.test(hour ?? ""))).toBe(true);
});

test("getSpendReport of a model that was not used is empty", async () => {
  needs("meter");
  const report = { ...aroundToday(), groupBy: "day", datePart: "hour" } as const;
  expect(await target.provider().getSpendReport({ ...report, model: "nobody/no-such-model" })).toEqual({
    results: [],
  });
});

test("what the stand-in does not report is refused, never answered with nothing", async () => {
  needs("stand-in");
  await expect(target.provider().getSpendReport({ ...aroundToday(), groupBy: "user" })).rejects.toMatchObject(
    {
      statusCode: 501,
    },
  );
});
