import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Db } from "../../../src/db/client.ts";
import { breakers } from "../../../src/db/schema/breakers.ts";
import { runs } from "../../../src/db/schema/runs.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import {
  closeByHand,
  closeByProbe,
  endCoolDown,
  failProbe,
  openByHand,
  openForErrors,
  returnProbe,
  takeProbe,
} from "../../../src/jobs/breaker/breaker-transitions.ts";
import { type ClaimResult, claimStep } from "../../../src/jobs/claim-step.ts";
import { breakerOf, coolDownPasses, movesOf, uploadMany } from "../../support/breakers.ts";
import { type Stack, startStack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() =>
  inTransaction((tx, now) => closeByHand(tx, "blob", { keyName: "a test", reason: null }, now)),
);

const counts = { calls: 12, ill: 9 };
function inTransaction<Result>(work: (tx: Db, now: Date) => Promise<Result>): Promise<Result> {
  return stack.database.db.transaction((tx) => work(tx, stack.runtime.clock.now()));
}
const open = () =>
  inTransaction((tx, now) =>
    openForErrors(tx, "blob", counts, { settings: stack.runtime.breaker, now: new Date(now) }),
  );
const take = (stepId: string, state: "open" | "half-open" = "open") =>
  inTransaction((tx, now) =>
    takeProbe(tx, { provider: "blob", state }, { stepId, until: new Date(now.getTime() + 60_000) }, now),
  );

/** The queued first steps of new documents; nobody delivers their messages here. */
async function queuedSteps(name: string, count: number) {
  const fileIds = await uploadMany(stack, name, count);
  return stack.database.db
    .select({ runId: runs.id, stepId: steps.id, dispatch: steps.dispatch })
    .from(steps)
    .innerJoin(runs, eq(runs.id, steps.runId))
    .where(and(inArray(runs.fileId, fileIds), eq(steps.state, "queued")));
}

const claim = (step: { runId: string; stepId: string; dispatch: number }): Promise<ClaimResult> =>
  claimStep(
    stack.runtime,
    { ...step, delivery: { messageId: `msg_${step.stepId}`, retried: 0, sender: undefined } },
    { billDelivery: true },
  );

describe("of steps that begin at the same moment", () => {
  it("none passes an open breaker, and none has an attempt", async () => {
    await open();
    const results = await Promise.all((await queuedSteps("all", 4)).map(claim));
    expect(results.map(({ kind }) => kind)).toEqual(["held", "held", "held", "held"]);
    expect(await breakerOf(stack, "blob")).toMatchObject({ state: "open" });
  });

  it.each([1, 2, 3])("exactly one tries once the cool-down is over, round %i", async (round) => {
    await open();
    const queued = await queuedSteps(`race-${round}`, 8);
    await coolDownPasses(stack, "blob");
    const results = await Promise.all(queued.map(claim));
    const through = results.flatMap((result) => (result.kind === "claimed" ? [result.claim] : []));
    expect(results.filter(({ kind }) => kind === "held")).toHaveLength(7);
    expect(through.map(({ probe }) => probe)).toEqual([{ provider: "blob", nextCoolDownMs: 60_000 }]);
    expect(await breakerOf(stack, "blob")).toMatchObject({
      state: "half-open",
      probeStepId: through[0]?.stepId,
    });
  });

  it("a delivery that comes twice finds the hold, and changes nothing", async () => {
    await open();
    const [step] = await queuedSteps("twice", 1);
    if (step === undefined) throw new TypeError("no step is queued");
    expect((await claim(step)).kind).toBe("held");
    const once = await stack.database.db.select().from(steps).where(eq(steps.id, step.stepId));
    expect(await claim(step)).toEqual({ kind: "not-claimable", state: "held" });
    expect(await stack.database.db.select().from(steps).where(eq(steps.id, step.stepId))).toEqual(once);
  });
});

describe("a breaker's transitions", () => {
  it("open it once, whoever finds the provider ill at the same moment", async () => {
    const before = await movesOf(stack, "blob");
    expect((await Promise.all([open(), open(), open()])).filter(Boolean)).toHaveLength(1);
    expect((await movesOf(stack, "blob")).slice(before.length)).toEqual(["closed > open: errors"]);
    expect((await breakerOf(stack, "blob")).reason).toBe("9 of the last 12 calls failed within 60 s.");
  });

  it("give the place of a probe that was not heard of to another, and take nothing from it afterwards", async () => {
    await open();
    await coolDownPasses(stack, "blob");
    expect(await take("step_lost")).toBe(true);
    expect(await take("step_other", "half-open")).toBe(false);
    await stack.database.db
      .update(breakers)
      .set({ probeUntil: new Date(0) })
      .where(eq(breakers.provider, "blob"));
    expect(await take("step_other", "half-open")).toBe(true);
    expect(await inTransaction((tx, now) => closeByProbe(tx, "blob", "step_lost", now))).toBe(false);
    expect(await breakerOf(stack, "blob")).toMatchObject({ state: "half-open", probeStepId: "step_other" });
    expect(await inTransaction((tx, now) => closeByProbe(tx, "blob", "step_other", now))).toBe(true);
    expect((await movesOf(stack, "blob")).slice(-3)).toEqual([
      "open > half-open: probe",
      "half-open > half-open: probe-lost",
      "half-open > closed: probe-succeeded",
    ]);
  });

  it("let another step try at once where a probe has asked nothing, and later where it failed", async () => {
    await open();
    await coolDownPasses(stack, "blob");
    await take("step_idle");
    await inTransaction((tx, now) => returnProbe(tx, "blob", "step_idle", now));
    expect(await take("step_next")).toBe(true);
    const failed = { stepId: "step_next", coolDownMs: 60_000 };
    await inTransaction((tx, now) => failProbe(tx, "blob", failed, now));
    expect(await take("step_third")).toBe(false);
    expect(await inTransaction((tx, now) => endCoolDown(tx, "blob", now))).toBe(true);
    expect(await take("step_third")).toBe(true);
  });

  it("keep it open that a person has opened, whatever probes tell, until a person closes it", async () => {
    await open();
    await coolDownPasses(stack, "blob");
    await take("step_slow");
    const by = { keyName: "somebody", reason: "It is being moved." };
    expect(await inTransaction((tx, now) => openByHand(tx, "blob", by, now))).toBe(true);
    expect(await inTransaction((tx, now) => openByHand(tx, "blob", by, now))).toBe(false);
    expect(await inTransaction((tx, now) => closeByProbe(tx, "blob", "step_slow", now))).toBe(false);
    expect(await inTransaction((tx, now) => endCoolDown(tx, "blob", now))).toBe(false);
    expect(await take("step_next")).toBe(false);
    expect(await breakerOf(stack, "blob")).toMatchObject({ state: "open", byHand: true, probeAt: null });
    expect(await inTransaction((tx, now) => closeByHand(tx, "blob", by, now))).toBe(true);
    expect(await inTransaction((tx, now) => closeByHand(tx, "blob", by, now))).toBe(false);
  });
});
