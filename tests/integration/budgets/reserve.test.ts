import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { reserve } from "../../../src/costs/budgets/reserve.ts";
import { budgetAccounts, reservations } from "../../../src/db/schema/budgets.ts";
import { emptyMoney } from "../../support/budgets/empty-money.ts";
import { newAsk } from "../../support/budgets/new-ask.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.ts";

const now = new Date("2026-03-15T12:00:00Z");
const project = { scope: "project", projectId: "proj_a" } as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.execute(
    sql`insert into projects (id, slug, name, created_at) values ('proj_a', 'a', 'a', now()), ('proj_b', 'b', 'b', now())`,
  );
});
afterAll(() => database.drop());
beforeEach(() => emptyMoney(database.db));

const open = (...args: Parameters<typeof newBudget>) =>
  database.db.transaction((tx) => openBudget(tx, newBudget(...args), now));

async function reservedOf(id: string): Promise<bigint | undefined> {
  const [account] = await database.db.select().from(budgetAccounts).where(sql`budget_id = ${id}`);
  return account?.reservedNanoUsd;
}

const idsOf = (refused: readonly { id: string }[]) => refused.map(({ id }) => id);

describe("reserving", () => {
  it("grants a fan-out in its order as far as the money reaches, and nothing behind the first refusal", async () => {
    await open("budget_a", 100n);
    const asks = [40n, 40n, 40n, 10n].map((nano, n) => newAsk(`res_${n}`, nano));
    const refused = await reserve(database.db, asks, { now });
    expect(refused).toEqual([
      { id: "res_2", budgetId: "budget_a", key: "deployment", neededNanoUsd: 40n, freeNanoUsd: 20n },
      { id: "res_3", budgetId: "budget_a", key: "deployment", neededNanoUsd: 10n, freeNanoUsd: -20n },
    ]);
    expect(await reservedOf("budget_a")).toBe(80n);
  });

  it("takes all or nothing from all the budgets that apply, and names the tightest", async () => {
    await open("budget_a", 1000n);
    await open("budget_b", 100n, project);
    await open("budget_c", 60n, { scope: "project-step", projectId: "proj_a", step: "embed" });
    const keys = ["deployment", "project:proj_a", "step:proj_a:embed"];
    const refused = await reserve(database.db, [newAsk("res_0", 120n, { keys })], { now });
    expect(refused).toMatchObject([{ budgetId: "budget_c", freeNanoUsd: 60n }]);
    expect([
      await reservedOf("budget_a"),
      await reservedOf("budget_b"),
      await reservedOf("budget_c"),
    ]).toEqual([0n, 0n, 0n]);
    expect(await database.db.select().from(reservations)).toEqual([]);
  });

  it("lets those behind a refusal go on that it has nothing to do with", async () => {
    await open("budget_a", 1000n);
    await open("budget_b", 50n, project);
    const asks = ["proj_a", "proj_b", "proj_a"].map((id, n) =>
      newAsk(`res_${n}`, 60n, { keys: ["deployment", `project:${id}`] }),
    );
    expect(idsOf(await reserve(database.db, asks, { now }))).toEqual(["res_0", "res_2"]);
    expect(await reservedOf("budget_a")).toBe(60n);
  });

  it("is done once, however often it is asked, and tops up what is left", async () => {
    await open("budget_a", 100n);
    const ask = newAsk("res_0", 30n, { messagesNanoUsd: 20n });
    const asked = await Promise.all([1, 2, 3].map(() => reserve(database.db, [ask], { now })));
    expect(asked).toEqual([[], [], []]);
    expect(await reservedOf("budget_a")).toBe(50n);
    expect(await reserve(database.db, [{ ...ask, workNanoUsd: 80n }], { now })).toEqual([]);
    expect(await reservedOf("budget_a")).toBe(100n);
    expect(idsOf(await reserve(database.db, [{ ...ask, workNanoUsd: 81n }], { now }))).toEqual(["res_0"]);
    expect(await findDrift(database.db)).toEqual([]);
  });

  it("is never refused by a soft budget", async () => {
    await open("budget_a", 10n, { mode: "soft" });
    expect(await reserve(database.db, [newAsk("res_0", 30n)], { now })).toEqual([]);
    expect(await reservedOf("budget_a")).toBe(30n);
  });

  it("goes beyond the limit where somebody says so, and then it is excess", async () => {
    await open("budget_a", 10n);
    expect(await reserve(database.db, [newAsk("res_0", 30n)], { now, beyondLimitOf: "budget_a" })).toEqual(
      [],
    );
    const [account] = await database.db.select().from(budgetAccounts);
    expect(account).toMatchObject({ reservedNanoUsd: 30n, excessNanoUsd: 20n });
    expect(idsOf(await reserve(database.db, [newAsk("res_1", 1n)], { now }))).toEqual(["res_1"]);
  });

  it("takes a budget's window as it is at the time, and carries what is set aside into the next", async () => {
    await open("budget_a", 100n, { timeWindow: "day" });
    await reserve(database.db, [newAsk("res_0", 60n)], { now });
    const tomorrow = new Date("2026-03-16T00:00:00Z");
    expect(idsOf(await reserve(database.db, [newAsk("res_1", 41n)], { now: tomorrow }))).toEqual(["res_1"]);
    expect(await reserve(database.db, [newAsk("res_1", 40n)], { now: tomorrow })).toEqual([]);
    const [account] = await database.db.select().from(budgetAccounts);
    expect(account).toMatchObject({ windowStart: tomorrow, reservedNanoUsd: 100n, excessNanoUsd: 0n });
  });
});

describe("the database", () => {
  it("refuses a reservation above the limit, whoever writes it", async () => {
    await open("budget_a", 100n);
    const above = database.db.update(budgetAccounts).set({ reservedNanoUsd: 101n });
    await expect(above).rejects.toMatchObject({ cause: { constraint: "budget_accounts_limit" } });
  });
});
