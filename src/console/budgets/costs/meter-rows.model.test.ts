import { expect, it } from "vitest";
import { meterRows } from "./meter-rows.model.ts";

const span = { from: "2026-11-24T00:00:00.000Z", to: "2026-11-25T00:00:00.000Z", bucket: "hour" as const };
const filter = { project: "reports", step: "", meter: "", model: "" };
const meter = { meter: "embedding.tokens", unit: "token", quantity: "4000", entries: 2, nanoUsd: "80000" };
const rows = { meter: "db.rows", unit: "row", quantity: "0", entries: 1, nanoUsd: "0" };

it("says what a unit cost on average, and opens the meter's entries under the same filter", () => {
  const totals = { entries: 3, nanoUsd: "100000", capped: false, meters: [meter, rows] };
  expect(meterRows(totals, span, filter)).toEqual([
    {
      meter: "embedding.tokens",
      quantity: 4_000n,
      price: "$0.02 per million tokens",
      nanoUsd: "80000",
      share: 0.8,
      href: "/budgets/ledger?project=reports&meter=embedding.tokens&from=2026-11-24T00%3A00%3A00.000Z&to=2026-11-25T00%3A00%3A00.000Z",
    },
    expect.objectContaining({ meter: "db.rows", price: "–", share: 0 }),
  ]);
});
