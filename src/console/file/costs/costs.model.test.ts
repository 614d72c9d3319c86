import { expect, it } from "vitest";
import { sampleEntry as entry } from "../../../../tests/support/console/sample-entry.ts";
import { costsByMeter, costsByStep } from "./costs.model.ts";

const tokens = entry({
  meter: "embedding.tokens",
  provider: "openai",
  model: "openai/text-embedding-3-small",
  quantity: 4_000,
  unit: "token",
  unitNanoUsd: "20",
  nanoUsd: "80000",
  step: "embed",
  at: "2026-03-01T12:00:02.000Z",
});

it("sums quantity and amount of a meter and puts the dearest first", () => {
  const rows = costsByMeter([entry(), entry(), tokens]);
  expect(rows.map(({ meter, quantity, nanoUsd, share }) => [meter, quantity, nanoUsd, share])).toEqual([
    ["embedding.tokens", 4_000, 80_000n, 0.8],
    ["qstash.messages", 2, 20_000n, 0.2],
  ]);
});

it("keeps two prices of one meter apart", () => {
  const rows = costsByMeter([entry(), entry({ unitNanoUsd: "12000", nanoUsd: "12000" })]);
  expect(rows.map(({ unitNanoUsd }) => unitNanoUsd)).toEqual(["12000", "10000"]);
});

it("counts what was settled at the estimate", () => {
  expect(costsByMeter([entry(), entry({ estimated: true })])[0]).toMatchObject({
    entries: 2,
    estimated: 1,
  });
});

it("does not divide by nothing", () => {
  expect(costsByMeter([entry({ nanoUsd: "0" })])[0]?.share).toBe(0);
  expect(costsByMeter([])).toEqual([]);
});

it("sums by step, with the upload as one of them", () => {
  const upload = entry({ step: "upload", at: "2026-03-01T11:59:00.000Z", nanoUsd: "5000" });
  expect(costsByStep([tokens, entry(), upload])).toEqual([
    { step: "upload", nanoUsd: 5_000n },
    { step: "inspect", nanoUsd: 10_000n },
    { step: "embed", nanoUsd: 80_000n },
  ]);
});
