import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempts, steps } from "../../../src/db/schema/steps.ts";
import { claimStep } from "../../../src/jobs/claim-step.ts";
import { stepsOf, upload } from "../../support/ingest.ts";
import { type Stack, startStack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  // No job route is served: each claim here is made by hand.
  stack = await startStack({ WAYBILL_PROJECT_PARALLELISM: "4" });
});
afterAll(() => stack.close());

/** Claims the first step of a new file while so many others of its flow key run; says what it had waited for. */
async function waitedFor(name: string, others: number, options = { billDelivery: true }) {
  const { db } = stack.database;
  const { runId } = await upload(stack, `${name}.md`, `# ${name}`);
  const [step] = await stepsOf(stack, runId);
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, lease_expires_at)
    select ${name} || n, ${runId}, 'extract', n, 'running', '{}', ${step?.flowKey ?? ""}, 4, 1000, now() + interval '1 hour'
    from generate_series(1, ${others}::int) n`);
  const delivery = { messageId: `msg_${name}`, retried: 0, sender: undefined };
  const input = { runId, stepId: step?.id ?? "", dispatch: step?.dispatch ?? 0, delivery };
  const result = await claimStep(stack.runtime, input, options);
  const [attempt] = await db.select().from(attempts).where(eq(attempts.runId, runId));
  await db.update(steps).set({ state: "succeeded", leaseExpiresAt: null }).where(eq(steps.runId, runId));
  expect(attempt?.waitedSince).toEqual(step?.queuedAt);
  expect(result).toMatchObject({ kind: "claimed", claim: { waitedFor: attempt?.waitedFor } });
  return attempt?.waitedFor;
}

test("a step that takes the last place of its flow key has waited for flow control", async () => {
  expect(await waitedFor("last", 3)).toBe("flow-control");
});

test("a step that finds a place free has waited in the queue", async () => {
  expect(await waitedFor("free", 2)).toBe("queue");
});

test("a step that goes on in place asks QStash for no place", async () => {
  expect(await waitedFor("in-place", 3, { billDelivery: false })).toBe("queue");
});
