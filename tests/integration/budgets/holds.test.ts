import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { removeBudget } from "../../../src/costs/budgets/change-budget.ts";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { reservations } from "../../../src/db/schema/budgets.ts";
import { files } from "../../../src/db/schema/files.ts";
import { outbox } from "../../../src/db/schema/outbox.ts";
import { keepBudgets } from "../../../src/jobs/keep-budgets.ts";
import { releaseHolds } from "../../../src/jobs/release-holds.ts";
import { getFileTime } from "../../../src/pipeline/time/get-file-time.ts";
import { accountOf, beginBudget, holdsOf, setLimit } from "../../support/budgets/budget-rows.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());
const begun: string[] = [];
afterEach(async () => {
  const { db, clock } = stack.runtime;
  expect(await findDrift(db)).toEqual([]);
  for (const id of begun.splice(0)) await db.transaction((tx) => removeBudget(tx, id, clock.now()));
});

async function begin(...[id, limit, said]: [string, bigint, Parameters<typeof beginBudget>[3]?]) {
  begun.push(id);
  await beginBudget(stack, id, limit, said);
}

async function statusOf(fileId: string): Promise<string | undefined> {
  const [file] = await stack.database.db.select().from(files).where(eq(files.id, fileId));
  return file?.status;
}

describe("a budget without room", () => {
  it("holds a new document before its first message, and lets it go on when the limit is raised", async () => {
    await begin("budget_none", 0n);
    const { fileId, runId } = await upload(stack, "held.md", "# Held\n\nUntil there is money.");
    expect(await statusOf(fileId)).toBe("held");
    const [step] = await stepsOf(stack, runId);
    expect(step).toMatchObject({
      name: "inspect",
      state: "held",
      heldReason: "budget_exhausted",
      heldUntil: null,
      errorMessage: "The total budget of the deployment has no room for it.",
      attemptCount: 0,
    });
    expect(
      await stack.database.db
        .select()
        .from(outbox)
        .where(eq(outbox.stepId, step?.id ?? "")),
    ).toEqual([]);
    expect(await releaseHolds(stack.runtime)).toBe(0);

    await setLimit(stack, "budget_none", 1_000_000_000n);
    expect(await releaseHolds(stack.runtime)).toBe(1);
    expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded", errorCode: null });
    expect(await holdsOf(stack, "budget_none")).toMatchObject([{ endedBy: "room", budgetId: "budget_none" }]);
    expect(await accountOf(stack, "budget_none")).toMatchObject({ excessNanoUsd: 0n });
  });

  it("shows in the trace how long a step waited, and for which budget", async () => {
    await begin("budget_trace", 0n, { timeWindow: "day", timeZone: "Europe/Berlin" });
    const { fileId, runId } = await upload(stack, "traced.md", "# Traced\n\nA hold that can be seen.");
    const [step] = await stepsOf(stack, runId);
    expect(step?.heldUntil).toBeInstanceOf(Date);
    await setLimit(stack, "budget_trace", 1_000_000_000n);
    await releaseHolds(stack.runtime);
    await ended(stack, fileId);
    const time = await getFileTime(stack.runtime, { fileId, run: null });
    const [hold] = await holdsOf(stack, "budget_trace");
    expect(time.parts).toContainEqual({
      kind: "held",
      step: "inspect",
      reason: "budget_exhausted",
      ms: (hold?.until?.getTime() ?? 0) - (hold?.since.getTime() ?? 0),
    });
    await stack.runtime.telemetry.flush();
    const { rows } = await stack.database.db.execute(
      sql`select name, attributes from spans where run_id = ${runId} and name = 'wait while held'`,
    );
    const schema = z.array(z.object({ name: z.string(), attributes: z.record(z.string(), z.unknown()) }));
    expect(schema.parse(rows)).toMatchObject([
      {
        attributes: {
          "waybill.wait.reason": "budget_exhausted",
          "waybill.budget.id": "budget_trace",
          "waybill.budget": "daily budget of the deployment",
          "waybill.step": "inspect",
        },
      },
    ]);
  });

  it("gives back all that a run did not need, once QStash has said that it is done with its messages", async () => {
    await begin("budget_back", 1_000_000_000n);
    const { fileId, runId } = await upload(stack, "back.md", "# Back\n\nWhat is not needed is given back.");
    await ended(stack, fileId);
    const own = () => stack.database.db.select().from(reservations).where(eq(reservations.runId, runId));
    // The message may come again until QStash says that it was delivered: its money stays.
    await expect.poll(async () => (await own()).filter(({ state }) => state === "open").length).toBe(1);
    await stack.runtime.telemetry.flush();
    await expect
      .poll(async () => {
        await import("../../../src/jobs/copy-message-states.ts").then(({ copyMessageStates }) =>
          copyMessageStates(stack.runtime),
        );
        await keepBudgets(stack.runtime);
        return (await own()).filter(({ state }) => state === "open").length;
      })
      .toBe(0);
    const account = await accountOf(stack, "budget_back");
    expect(account.reservedNanoUsd).toBe(0n);
    // Nothing of a run is spent that was not set aside before, but for the upload's storage.
    const { rows } = await stack.database.db.execute(sql`
      select step, unreserved_nano_usd::text as nano from ledger where run_id = ${runId} and unreserved_nano_usd > 0 and step <> 'upload'`);
    expect(rows).toEqual([]);
  });
});
