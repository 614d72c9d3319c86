import { describe, expect, it } from "vitest";
import type { BudgetRoom } from "../../costs/budgets/read-room.ts";
import { weighRooms } from "./budgets-after.ts";

const room = (key: string, freeNanoUsd: bigint, hard = true): BudgetRoom => ({
  budgetId: `budget of ${key.split(":")[0]}`,
  label: key,
  hard,
  key,
  freeNanoUsd,
});
const price = (fileId: string, step: string, low: bigint, high: bigint) => ({
  subject: { projectId: "p", fileId, step },
  low,
  high,
});

describe("what budgets have left after a plan", () => {
  const prices = [price("a", "embed", 10n, 20n), price("a", "index", 1n, 2n), price("b", "embed", 10n, 20n)];

  it("is what each has now, less what its own subject may cost", () => {
    const { budgets, held } = weighRooms(
      [room("deployment", 100n), room("step:p:index", 5n)],
      ["a", "b"],
      prices,
    );
    expect(budgets).toMatchObject([
      { freeNanoUsd: "100", leftLowNanoUsd: "58", leftHighNanoUsd: "79", held: 0 },
      { freeNanoUsd: "5", leftLowNanoUsd: "3", leftHighNanoUsd: "4", held: 0 },
    ]);
    expect(held).toBe(0);
  });

  it("makes the files wait that no longer fit, the first ones first, each once", () => {
    const rooms = [room("deployment", 30n), room("step:p:embed", 20n), room("project:p", 0n, false)];
    const { budgets, held } = weighRooms(rooms, ["a", "b"], prices);
    expect(budgets.map((budget) => budget.held)).toEqual([1, 1, 0]);
    expect(held).toBe(1);
  });

  it("shows of a budget of each file the one that is nearest to its limit", () => {
    const { budgets, held } = weighRooms([room("file:a", 50n), room("file:b", 5n)], ["a", "b"], prices);
    expect(budgets).toMatchObject([{ label: "file:b", freeNanoUsd: "5", leftLowNanoUsd: "-15", held: 1 }]);
    expect(held).toBe(1);
  });
});
