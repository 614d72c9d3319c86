import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { findDrift } from "../../src/costs/budgets/find-drift.ts";
import { closeByHand, openByHand, openForErrors } from "../../src/jobs/breaker/breaker-transitions.ts";
import { keepBreakers } from "../../src/jobs/breaker/release-breaker-holds.ts";
import { reconcile } from "../../src/jobs/reconcile.ts";
import type { FaultPointName } from "../../src/kernel/fault-point.ts";
import { allAre, breakerOf, coolDownPasses, heldSteps, movesOf, uploadMany } from "../support/breakers.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { truthOf } from "../support/truth.ts";
import { startWorker, type Worker } from "../support/worker.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ WAYBILL_DOCUMENT_THREADS: "1" });
});
afterAll(() => stack.close());
const workers: Worker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.kill();
});

/** A worker that is gone after its test at the latest. */
async function work(faultPoint?: FaultPointName): Promise<Worker> {
  const worker = await startWorker({
    ...stack.variables,
    ...(faultPoint !== undefined && { WAYBILL_FAULT_POINT: faultPoint }),
  });
  workers.push(worker);
  return worker;
}

const counts = { calls: 12, ill: 9 };
const by = { keyName: "a test", reason: "a test" };
const now = () => stack.runtime.clock.now();

/** As if minutes had passed: leases have run out, and so has the time in which a probe is waited for. */
async function minutesPass(): Promise<void> {
  const { db } = stack.database;
  await db.execute(
    sql`update steps set lease_expires_at = lease_expires_at - interval '10 minutes' where state = 'running'`,
  );
  await db.execute(
    sql`update outbox set publish_after = publish_after - interval '10 minutes' where published_at is null`,
  );
  await db.execute(
    sql`update breakers set probe_until = probe_until - interval '10 minutes' where state = 'half-open'`,
  );
}

/** What the ledger has of tokens is what the gateway metered, or more where a call was settled at its estimate. */
async function nothingIsLost(): Promise<void> {
  expect(await findDrift(stack.database.db)).toEqual([]);
  const truth = await truthOf(stack);
  expect(truth.lines.filter(({ state }) => state === "unexplained")).toEqual([]);
  const { rows } = await stack.database.db.execute(sql`select
    (select count(*)::int from breaker_holds where until is null) as held,
    (select count(*)::int from provider_calls where state = 'open') as open,
    (select count(*)::int from attempts where outcome = 'running') as running`);
  const left = z.object({ held: z.number(), open: z.number(), running: z.number() }).parse(rows[0]);
  expect(left).toEqual({ held: 0, open: 0, running: 0 });
}

/** Between two statements of a probe: its claim, its work, its commit, and letting others go. */
const points: FaultPointName[] = [
  "claim.opened",
  "claim.committed",
  "step.called",
  "step.worked",
  "probe.settling",
  "commit.step-written",
  "commit.committed",
  "breaker.released",
];

describe("a worker that is killed while it tries", () => {
  it.each(points)("at %s leaves a breaker that closes all the same, and no step behind", async (point) => {
    const { db } = stack.database;
    const before = (await movesOf(stack, "gateway")).length;
    await db.transaction((tx) =>
      openForErrors(tx, "gateway", counts, { settings: stack.runtime.breaker, now: now() }),
    );
    const first = await work();
    const fileIds = await uploadMany(stack, point, 3);
    await allAre(stack, fileIds, "held");
    await first.kill();

    const doomed = await work(point);
    await coolDownPasses(stack, "gateway");
    expect(await keepBreakers(stack.runtime)).toBe(1);
    expect(await doomed.gone).toBe("SIGKILL");

    await work();
    await minutesPass();
    await reconcile(stack.runtime);
    await keepBreakers(stack.runtime);
    await allAre(stack, fileIds, "succeeded");
    const moves = (await movesOf(stack, "gateway")).slice(before);
    expect(moves[0]).toBe("closed > open: errors");
    expect(moves.at(-1)).toBe("half-open > closed: probe-succeeded");
    expect(await breakerOf(stack, "gateway")).toMatchObject({ state: "closed" });
    await nothingIsLost();
  });
});

it("a worker that is killed while it holds a step holds it when the message comes again, once", async () => {
  const { db } = stack.database;
  await db.transaction((tx) => openByHand(tx, "gateway", by, now()));
  const doomed = await work("claim.held");
  const fileIds = await uploadMany(stack, "holding", 1);
  expect(await doomed.gone).toBe("SIGKILL");
  expect(await heldSteps(stack, "gateway")).toEqual([]);

  await work();
  await minutesPass();
  await reconcile(stack.runtime);
  await allAre(stack, fileIds, "held");
  expect(await heldSteps(stack, "gateway")).toHaveLength(1);
  // Somebody closes it and dies before the answer: the tick lets the step go.
  await db.transaction((tx) => closeByHand(tx, "gateway", by, now()));
  expect(await keepBreakers(stack.runtime)).toBe(1);
  await allAre(stack, fileIds, "succeeded");
  await nothingIsLost();
});
