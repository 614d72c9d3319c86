import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { findDrift } from "../../../src/costs/budgets/find-drift.ts";
import { breakerHolds } from "../../../src/db/schema/breakers.ts";
import { reservations } from "../../../src/db/schema/budgets.ts";
import { runs } from "../../../src/db/schema/runs.ts";
import { attempts, steps } from "../../../src/db/schema/steps.ts";
import { keepBreakers } from "../../../src/jobs/breaker/release-breaker-holds.ts";
import { reconcile } from "../../../src/jobs/reconcile.ts";
import { getFileTime } from "../../../src/pipeline/time/get-file-time.ts";
import {
  allAre,
  breakerOf,
  breakGateway,
  coolDownPasses,
  heldSteps,
  mendGateway,
  movesOf,
  uploadMany,
} from "../../support/breakers.ts";
import { ended } from "../../support/ingest.ts";
import { storedSpan } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";
import { statesOf, truthOf } from "../../support/truth.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });

const fileCount = 12;

let stack: Stack;
let fileIds: string[];
beforeAll(async () => {
  stack = await startServedStack({ WAYBILL_BREAKER_CALLS: "4", WAYBILL_DOCUMENT_THREADS: "1" });
});
afterAll(() => stack.close());

it("opens after too many calls that found the gateway ill, and holds every document before it is asked again", async () => {
  await breakGateway(stack);
  fileIds = await uploadMany(stack, "outage", fileCount);
  await allAre(stack, fileIds, "held");
  expect(await breakerOf(stack, "gateway")).toMatchObject({ state: "open", byHand: false });
  expect(await movesOf(stack, "gateway")).toEqual(["closed > open: errors"]);
  const held = await heldSteps(stack, "gateway");
  expect(held).toHaveLength(fileCount);
  for (const { step } of held) {
    expect(step).toMatchObject({ name: "embed", heldReason: "breaker_open", errorCode: "breaker_open" });
    expect(step.errorMessage).toBe("The breaker of AI Gateway is open, so nothing is sent to it.");
  }
});

it("counts no attempt for a hold, and gives back what was set aside", async () => {
  const { db } = stack.database;
  for (const { step } of await heldSteps(stack, "gateway")) {
    const made = await db.select().from(attempts).where(eq(attempts.stepId, step.id));
    expect(step.attemptCount).toBe(made.length);
    expect(made.every(({ outcome }) => outcome === "retry")).toBe(true);
    const open = await db.select().from(reservations).where(eq(reservations.stepId, step.id));
    expect(open.filter(({ workNanoUsd }) => workNanoUsd > 0n)).toEqual([]);
  }
  expect(await findDrift(db)).toEqual([]);
});

it("asks the provider nothing while it is open, however often the tick comes by", async () => {
  const before = await stack.usage("gateway");
  stack.clock.advance(3_600_000);
  for (let tick = 0; tick < 3; tick += 1) {
    await reconcile(stack.runtime);
    expect(await keepBreakers(stack.runtime)).toBe(0);
  }
  expect(await stack.usage("gateway")).toEqual(before);
  expect(await heldSteps(stack, "gateway")).toHaveLength(fileCount);
});

it("sends one step to try when the cool-down is over; while the provider is ill it costs no attempt and cools down for longer", async () => {
  const [first] = await heldSteps(stack, "gateway");
  await coolDownPasses(stack, "gateway");
  expect(await keepBreakers(stack.runtime)).toBe(1);
  await vi.waitFor(
    async () =>
      expect(await movesOf(stack, "gateway")).toEqual([
        "closed > open: errors",
        "open > half-open: probe",
        "half-open > open: probe-failed",
      ]),
    { timeout: 15_000 },
  );
  expect(await breakerOf(stack, "gateway")).toMatchObject({ state: "open", coolDownMs: 60_000 });
  await vi.waitFor(async () => expect(await heldSteps(stack, "gateway")).toHaveLength(fileCount));
  const [step] = await stack.database.db
    .select()
    .from(steps)
    .where(eq(steps.id, first?.step.id ?? ""));
  expect(step).toMatchObject({ state: "held", attemptCount: first?.step.attemptCount });
  expect(await findDrift(stack.database.db)).toEqual([]);
});

it("closes by the probe that succeeds, and lets all go on without another tick", async () => {
  await mendGateway(stack);
  await coolDownPasses(stack, "gateway");
  expect(await keepBreakers(stack.runtime)).toBe(1);
  await allAre(stack, fileIds, "succeeded");
  expect((await movesOf(stack, "gateway")).slice(3)).toEqual([
    "open > half-open: probe",
    "half-open > closed: probe-succeeded",
  ]);
  expect(await heldSteps(stack, "gateway")).toEqual([]);
  // The tick notes that nobody is left to go on.
  await keepBreakers(stack.runtime);
  expect(await breakerOf(stack, "gateway")).toMatchObject({ state: "closed", draining: false });
});

it("leaves every hold ended, no document failed, and a ledger that is what the provider metered", async () => {
  const { db } = stack.database;
  const holds = await db.select().from(breakerHolds);
  expect(holds.filter(({ until }) => until === null)).toEqual([]);
  const failed = await db
    .select()
    .from(attempts)
    .where(inArray(attempts.outcome, ["failed", "lost"]));
  expect(failed).toEqual([]);
  const truth = await truthOf(stack);
  expect(truth.lines.filter(({ state }) => state === "unexplained")).toEqual([]);
  expect(statesOf(truth)["embedding.tokens waybill/lexical-1536"]).toBe("agrees");
  expect(await findDrift(db)).toEqual([]);
});

it("is a span of each trace and a part of each file's time", async () => {
  const [first = ""] = fileIds;
  const [run] = await stack.database.db.select().from(runs).where(eq(runs.fileId, first));
  const span = await storedSpan(stack, run?.id ?? "", "wait while held");
  expect(span.attributes).toMatchObject({
    "waybill.wait.reason": "breaker_open",
    "waybill.provider": "gateway",
    "waybill.step": "embed",
  });
  const time = await getFileTime(stack.runtime, { fileId: first, run: null });
  expect(time.parts.some(({ kind, reason }) => kind === "held" && reason === "breaker_open")).toBe(true);
  expect(time.parts.filter(({ kind }) => kind === "unexplained").every(({ ms }) => ms < 500)).toBe(true);
});

it("keeps a history that nobody can change", async () => {
  const { db } = stack.database;
  for (const change of [
    sql`update provider_changes set reason = 'other'`,
    sql`delete from provider_changes`,
    sql`truncate provider_changes`,
  ])
    await expect(db.execute(change)).rejects.toThrow();
  const { rows } = await db.execute(sql`select count(*)::int as kept from provider_changes`);
  expect(z.object({ kept: z.number() }).parse(rows[0]).kept).toBe(5);
});

it("stays closed for refusals of documents, and for a wish to be asked more slowly", async () => {
  await breakGateway(stack, { status: 400, times: 6 });
  const refused = await uploadMany(stack, "refused", 6);
  for (const id of refused) expect(await ended(stack, id)).toMatchObject({ errorCode: "provider_refused" });
  await breakGateway(stack, { status: 429, times: 6 });
  await allAre(stack, await uploadMany(stack, "slowed", 6), "succeeded");
  expect(await breakerOf(stack, "gateway")).toMatchObject({ state: "closed" });
  expect(await movesOf(stack, "gateway")).toHaveLength(5);
});
