import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { carryOnCorrections } from "../../../src/costs/prices/correct-entries.ts";
import { releaseHolds } from "../../../src/jobs/release-holds.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { accountOf, beginBudget, holdsOf, setLimit } from "../../support/budgets/budget-rows.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { putPrice } from "../../support/new-price.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

const lineSchema = z.object({ step: z.string(), unit: z.coerce.number(), per: z.coerce.number() });

/** At which prices a meter of the run was put down, by steps. */
async function pricesOf(runId: string, meter: string): Promise<Map<string, number>> {
  const { rows } = await stack.database.db.execute(sql`
    select distinct step, prices.nano_usd as unit, per_units as per from ledger join prices on prices.id = price_id
    where run_id = ${runId} and ledger.meter = ${meter} and adjusts is null`);
  return new Map(
    z
      .array(lineSchema)
      .parse(rows)
      .map(({ step, unit, per }) => [step, unit / per]),
  );
}

/** What the run's file says that it cost, what its entries cost, and what the book says for their times. */
async function costsOf(fileId: string) {
  const { rows } = await stack.database.db.execute(sql`
    select cost_nano_usd::text as said,
           (select sum(nano_usd)::text from ledger where file_id = files.id) as entries,
           (select sum(round(entry.quantity::numeric * price.nano_usd / price.per_units))::text from ledger entry
            cross join lateral (select * from prices where meter = entry.meter and provider = entry.provider
              and model in (entry.model, '*') and effective_from <= entry.at
              order by model = entry.model desc, effective_from desc, revision desc limit 1) price
            where file_id = files.id and adjusts is null) as right
    from files where id = ${fileId}`);
  return z.object({ said: z.string(), entries: z.string(), right: z.string() }).parse(rows[0]);
}

test("a price that changes in mid-run holds for what is bought from then on, and is what is set aside", async () => {
  const { db, clock } = stack.runtime;
  const projectId = stack.project.id;
  await beginBudget(stack, "budget_run", 10n ** 12n);
  await beginBudget(stack, "budget_embed", 0n, { scope: "project-step", projectId, step: "embed" });
  const { fileId, runId } = await upload(stack, "priced.md", "# Priced\n\nHalf of it at another price.");
  const embedding = () => stepsOf(stack, runId).then((steps) => steps.find(({ name }) => name === "embed"));
  await expect.poll(async () => (await embedding())?.state, { timeout: 15_000 }).toBe("held");
  const [before] = await holdsOf(stack, "budget_embed");

  const changedAt = clock.now();
  const compute = { provider: "vercel", model: "*", meter: meters.computeMs, effectiveFrom: changedAt };
  await putPrice(db, changedAt, { ...compute, nanoUsd: 1_000n });
  await putPrice(db, changedAt, { nanoUsd: 7n, effectiveFrom: changedAt });
  await setLimit(stack, "budget_embed", (before?.neededNanoUsd ?? 0n) + 1n);
  // What was enough before is not any more: it is held for what it costs now.
  expect(await releaseHolds(stack.runtime)).toBe(0);
  const [dearer] = await holdsOf(stack, "budget_embed");
  expect(dearer?.neededNanoUsd).toBeGreaterThan(before?.neededNanoUsd ?? 0n);
  await setLimit(stack, "budget_embed", 10n ** 12n);
  expect(await releaseHolds(stack.runtime)).toBe(1);
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });

  const computing = await pricesOf(runId, meters.computeMs);
  const old = computing.get("inspect");
  expect(old).not.toBe(1_000);
  expect(computing.get("chunk")).toBe(old);
  expect(computing.get("embed")).toBe(1_000);
  expect(computing.get("finalize")).toBe(1_000);
  expect((await pricesOf(runId, meters.embeddingTokens)).get("embed")).toBe(7);
  const costs = await costsOf(fileId);
  expect(costs.entries).toBe(costs.said);
  expect(costs.right).toBe(costs.said);
  expect(await accountOf(stack, "budget_embed")).toMatchObject({ excessNanoUsd: 0n, unreservedNanoUsd: 0n });
  expect(await findDrift(db)).toEqual([]);
}, 60_000);

test("a wrong price that a run was charged is corrected in the budgets too, and the history stays", async () => {
  const { db, clock } = stack.runtime;
  const before = await accountOf(stack, "budget_run");
  const { fileId, runId } = await upload(stack, "wrong.md", "# Wrong\n\nCharged far too much for it.");
  await ended(stack, fileId);
  const wrong = await costsOf(fileId);
  const since = await pricesOf(runId, meters.computeMs);
  expect(since.get("embed")).toBe(1_000);
  // The same time again: the next revision of that price.
  const [price] = z
    .array(z.object({ from: z.coerce.date() }))
    .parse(
      (
        await db.execute(
          sql`select effective_from as from from prices where meter = ${meters.computeMs} and nano_usd = 1000`,
        )
      ).rows,
    );
  const right = { provider: "vercel", model: "*", meter: meters.computeMs, nanoUsd: 10n };
  await putPrice(db, clock.now(), { ...right, effectiveFrom: price?.from ?? clock.now() });
  expect(await carryOnCorrections(stack.runtime, Number.POSITIVE_INFINITY)).toBeGreaterThan(4);

  const costs = await costsOf(fileId);
  expect(BigInt(costs.said)).toBeLessThan(BigInt(wrong.said));
  expect(costs.entries).toBe(costs.said);
  expect(costs.right).toBe(costs.said);
  // The entries themselves still say what was believed when they were made.
  expect(await pricesOf(runId, meters.computeMs)).toEqual(since);
  const after = await accountOf(stack, "budget_run");
  expect(after.settledNanoUsd).toBeLessThan(before.settledNanoUsd + BigInt(wrong.said));
  expect(await findDrift(db)).toEqual([]);
}, 60_000);
