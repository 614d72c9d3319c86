import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordSpending } from "../../../src/costs/ledger/record-spending.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { newEntry } from "../../support/new-entry.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

async function set(body: object, key?: string) {
  const answer = await api.call("/api/v1/provider-plans", {
    method: "POST",
    headers: { "content-type": "application/json", ...(key && { "idempotency-key": key }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
const read = async (path: string) => (await api.call(path)).json();
const qstash = { meter: meters.qstashMessages, provider: "upstash", model: "*" };
const plan = { provider: "upstash", name: "Pay as you go", monthlyNanoUsd: "0" };

describe("a plan", () => {
  it("is set from a month on, with its free tier, and stays to be seen when the next one is", async () => {
    const first = await set({ ...plan, from: "2026-03" });
    expect(first).toMatchObject({
      status: 201,
      body: { ...plan, from: "2026-03", revision: 1, allowances: [] },
    });
    const allowances = [{ meter: qstash.meter, quantity: 1_000 }];
    const next = await set({
      ...plan,
      name: "Fixed",
      monthlyNanoUsd: "10000000000",
      allowances,
      from: "2026-04",
    });
    expect(next.body.allowances).toEqual([{ ...allowances[0], unit: "message" }]);
    await set({ ...plan, from: "2026-03", name: "Pay as you go, corrected" });
    await set({ ...plan, from: "9999-01", name: "To come" });
    const { items } = await read("/api/v1/provider-plans");
    expect(items.map(({ name, status }: { name: string; status: string }) => [name, status])).toEqual([
      ["To come", "coming"],
      ["Fixed", "current"],
      ["Pay as you go, corrected", "past"],
      ["Pay as you go", "superseded"],
    ]);
  });

  it("is in the audit log, and one with the same idempotency key is one", async () => {
    const asked = { ...plan, provider: "vercel", name: "Pro", reason: "we moved", from: "2026-05" };
    const [first, second] = [await set(asked, "once"), await set(asked, "once")];
    expect(second.body.id).toBe(first.body.id);
    expect((await set({ ...asked, name: "Hobby" }, "once")).status).toBe(409);
    const audited = await api.ctx.db.select().from(auditEntries);
    expect(audited.filter(({ after }) => after.planId === first.body.id)).toMatchObject([
      { action: "plan.set", reason: "we moved", request: { provider: "vercel", name: "Pro" } },
    ]);
  });

  it("that names a meter twice, an unknown one or no month is refused", async () => {
    const line = { meter: qstash.meter, quantity: 1 };
    expect((await set({ ...plan, allowances: [line, line] })).status).toBe(400);
    expect((await set({ ...plan, allowances: [{ meter: "moods", quantity: 1 }] })).status).toBe(400);
    expect((await set({ ...plan, from: "2026-13" })).status).toBe(400);
  });
});

describe("the bill of a month", () => {
  it("is the ledger less what plans include, and the plans' own prices", async () => {
    const at = new Date("2026-04-10T12:00:00Z");
    await recordSpending(api.ctx, [
      newEntry("m1", at, { ...qstash, quantity: 3_000 }),
      newEntry("m2", new Date("2026-04-30T23:59:00Z"), { ...qstash, quantity: 1_000 }),
      newEntry("v1", at, { meter: meters.vectorWrites, provider: "upstash", model: "*", quantity: 10 }),
      // Of the next month.
      newEntry("m3", new Date("2026-05-01T00:00:00Z"), { ...qstash, quantity: 500 }),
    ]);
    const bill = await read("/api/v1/costs/bill?month=2026-04");
    expect(bill).toMatchObject({
      month: "2026-04",
      nanoUsd: "40040000",
      freeNanoUsd: "10000000",
      plansNanoUsd: "10000000000",
      billNanoUsd: "10030040000",
    });
    expect(bill.providers).toMatchObject([
      {
        provider: "upstash",
        plan: { name: "Fixed" },
        lines: [
          {
            meter: "qstash.messages",
            quantity: "4000",
            freeQuantity: "1000",
            nanoUsd: "40000000",
            freeNanoUsd: "10000000",
          },
          { meter: "vector.writes", quantity: "10", freeQuantity: "0", freeNanoUsd: "0" },
        ],
      },
    ]);
    const opened = await read(`/api/v1/ledger?${bill.providers[0].lines[0].ledger}`);
    expect(opened.items.map(({ id }: { id: string }) => id).toSorted()).toEqual(["m1", "m2"]);
  });

  it("never gives away more than was used, and is the plan alone where nothing was", async () => {
    const may = await read("/api/v1/costs/bill?month=2026-05");
    const [upstash, vercel] = may.providers;
    expect(upstash).toMatchObject({ nanoUsd: "5000000", freeNanoUsd: "5000000", billNanoUsd: "10000000000" });
    expect(vercel).toMatchObject({ provider: "vercel", lines: [], billNanoUsd: "0" });
    const before = await read("/api/v1/costs/bill?month=2026-01");
    expect(before).toMatchObject({ billNanoUsd: "0", providers: [] });
  });
});
