import { expect, it } from "vitest";
import type { Bill } from "../../costs/plans/plan-view.ts";
import { planUses } from "./plan-use.model.ts";

const line = (meter: string, quantity: string, nanoUsd: string, freeNanoUsd = "0") => ({
  ...{ meter, unit: "message", quantity, freeQuantity: "0", nanoUsd, freeNanoUsd },
  ledger: `meter=${meter}`,
});

const bill: Bill = {
  ...{ month: "2026-03", nanoUsd: "0", freeNanoUsd: "0", plansNanoUsd: "0", billNanoUsd: "0" },
  providers: [
    {
      ...{ provider: "upstash", nanoUsd: "0", freeNanoUsd: "0", billNanoUsd: "0" },
      plan: {
        ...{ id: "plan_1", provider: "upstash", name: "Free", monthlyNanoUsd: "0", from: "2026-01" },
        ...{ revision: 1, status: "current", addedAt: "2026-01-01T00:00:00.000Z" },
        allowances: [
          { meter: "qstash.messages", unit: "message", quantity: 1000 },
          { meter: "vector.queries", unit: "query", quantity: 500 },
        ],
      },
      lines: [line("qstash.messages", "250", "2500", "2500"), line("vector.writes", "10", "40")],
    },
    {
      ...{ provider: "openai", plan: null, nanoUsd: "0", freeNanoUsd: "0", billNanoUsd: "0" },
      lines: [line("embedding.tokens", "7", "140")],
    },
  ],
};

it("holds what was used against what a plan includes, also where nothing was used of it", () => {
  expect(
    planUses(bill).map(({ name, meter, quantity, included, share }) => [
      name,
      meter,
      quantity,
      included,
      share,
    ]),
  ).toEqual([
    ["AI Gateway", "embedding.tokens", "7", null, null],
    ["QStash", "qstash.messages", "250", 1000, 0.25],
    ["Upstash Vector", "vector.queries", "0", 500, 0],
    ["Upstash Vector", "vector.writes", "10", null, null],
  ]);
});

it("says what a plan does not include, and where there is none", () => {
  const [embedding, messages, , writes] = planUses(bill);
  expect(embedding).toMatchObject({ beyondNanoUsd: "140", plan: null });
  expect(messages).toMatchObject({ beyondNanoUsd: "0", plan: "Free" });
  expect(writes).toMatchObject({ beyondNanoUsd: "40", plan: "Free" });
});
