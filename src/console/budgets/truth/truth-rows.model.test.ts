import { expect, test } from "vitest";
import type { Truth, TruthLine } from "../../../costs/truth/truth-view.ts";
import { truthRows } from "./truth-rows.model.ts";

const agreeing: TruthLine = {
  meter: "vector.writes",
  provider: "upstash",
  model: "*",
  unit: "vector",
  ledger: { quantity: "1200", nanoUsd: "4800000", entries: 3, ledger: "meter=vector.writes" },
  metered: { source: "the meter of Vector", quantity: "1200", nanoUsd: null },
  unasked: null,
  difference: { quantity: "0", nanoUsd: null },
  reasons: [],
  unexplained: { quantity: "0", nanoUsd: null },
  state: "agrees",
};
const reason = {
  kind: "no-answer" as const,
  entries: 2,
  moreQuantity: "1500",
  lessQuantity: "0",
  moreNanoUsd: "30000",
  lessNanoUsd: "0",
  ledger: "estimated=true",
};

function rowsOf(...lines: TruthLine[]) {
  const truth: Truth = { from: "", to: "", state: "agrees", sources: [], lines };
  return truthRows(truth);
}

test("what is unexplained stands first, what nobody can be asked about last", () => {
  const lines = (["unasked", "agrees", "unexplained", "explained"] as const).map((state, at) => ({
    ...agreeing,
    meter: `meter.${at}`,
    state,
  }));
  expect(rowsOf(...lines).map(({ state }) => state)).toEqual([
    "unexplained",
    "explained",
    "agrees",
    "unasked",
  ]);
});

test("a reason says how much it explains, and opens its entries", () => {
  const [row] = rowsOf({ ...agreeing, state: "explained", reasons: [reason] });
  expect(row?.reasons).toMatchObject([
    {
      title: "no answer came",
      room: "up to 1,500 more, $0.00003 more",
      href: "/budgets/ledger?estimated=true",
    },
  ]);
});

test("what agrees to the last unit is given no reasons", () => {
  expect(rowsOf({ ...agreeing, reasons: [reason] })[0]).toMatchObject({ reasons: [], unexplained: null });
});

test("what is left over is told with its sign, in units and in money", () => {
  const left = { quantity: "-2500", nanoUsd: "-50000" };
  const [row] = rowsOf({ ...agreeing, state: "unexplained", difference: left, unexplained: left });
  expect(row?.difference).toEqual({ quantity: "−2,500", money: "−$0.00005" });
  expect(row?.unexplained).toBe("−2,500 (vector), −\u2060$0.00005");
});
