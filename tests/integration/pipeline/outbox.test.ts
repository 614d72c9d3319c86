import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outbox } from "../../../src/db/schema/outbox.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import { claimStep } from "../../../src/jobs/claim-step.ts";
import { failDelivery } from "../../../src/jobs/fail-delivery.ts";
import { reconcile } from "../../../src/jobs/reconcile.ts";
import { completeStep } from "../../../src/jobs/transitions.ts";
import { WaybillError } from "../../../src/kernel/errors.ts";
import type { Runtime } from "../../../src/runtime.ts";
import { stepsOf, upload } from "../../support/ingest.ts";
import { type Stack, startStack } from "../../support/stack.ts";

let stack: Stack;
/** The same, while QStash takes nothing. */
let down: Runtime;
beforeAll(async () => {
  // No job route is served: what is sent stays with QStash.
  stack = await startStack();
  const publish = () => Promise.reject(new WaybillError("provider_unavailable"));
  down = { ...stack.runtime, queue: { ...stack.runtime.queue, publish } };
});
afterAll(() => stack.close());

const delivery = { messageId: "msg_one", retried: 0, sender: undefined };

/** A file whose first step waits to be sent. */
async function unsent(name: string) {
  const { runId } = await upload({ ...stack, runtime: down }, `${name}.md`, `# ${name}`);
  return { runId, step: await firstStep(runId) };
}

async function firstStep(runId: string) {
  const [step] = (await stepsOf(stack, runId)).filter(({ name }) => name === "inspect");
  if (step === undefined) throw new Error("there is no inspect step");
  return step;
}

/** Messages that are still to be sent, as `step.dispatch`. */
async function toBeSent(runId: string): Promise<string[]> {
  const found = await stack.database.db
    .select({ step: steps.name, dispatch: outbox.dispatch })
    .from(outbox)
    .innerJoin(steps, eq(steps.id, outbox.stepId))
    .where(and(eq(steps.runId, runId), isNull(outbox.publishedAt)));
  return found.map(({ step, dispatch }) => `${step}.${dispatch}`);
}

async function overdue(runId: string): Promise<void> {
  await stack.database.db
    .update(steps)
    .set({ expectedBy: new Date(0) })
    .where(eq(steps.runId, runId));
}

test("a message that QStash did not take waits as the same one, however long that lasts, and is sent once", async () => {
  const { runId } = await unsent("outage");
  for (let minute = 0; minute < 3; minute += 1) {
    await overdue(runId);
    expect(await reconcile(down)).toMatchObject({ messagesResent: 0, published: 0 });
    expect(await toBeSent(runId)).toEqual(["inspect.1"]);
  }
  await overdue(runId);
  expect(await reconcile(stack.runtime)).toMatchObject({ messagesResent: 0, published: 1 });
  expect(await firstStep(runId)).toMatchObject({ state: "queued", dispatch: 1 });
});

test("a message that QStash has lost is sent anew, one that it still holds is waited for", async () => {
  const { runId, step } = await unsent("lost");
  await reconcile(stack.runtime);
  await overdue(runId);
  expect(await reconcile(stack.runtime)).toMatchObject({ messagesResent: 0, published: 0 });
  expect((await firstStep(runId)).expectedBy?.getTime()).toBeGreaterThan(0);

  await stack.database.db.update(outbox).set({ messageId: "msg_gone" }).where(eq(outbox.stepId, step.id));
  await overdue(runId);
  expect(await reconcile(stack.runtime)).toMatchObject({ messagesResent: 1, published: 1 });
  expect(await firstStep(runId)).toMatchObject({ state: "queued", dispatch: 2, queuedAt: step.queuedAt });
});

test.each([
  { delivered: true, kept: ["msg_delivered"] },
  { delivered: false, kept: [] },
])(
  "that a message was delivered ($delivered) is known when its step ends, though its sender has not confirmed it",
  async ({ delivered, kept }) => {
    const { runId, step } = await unsent(`unconfirmed-${delivered}`);
    const message = { ...delivery, messageId: "msg_delivered" };
    const input = { runId, stepId: step.id, dispatch: 1, delivery: message };
    const claimed = await claimStep(stack.runtime, input, { billDelivery: delivered });
    if (claimed.kind !== "claimed") throw new Error(`the step is ${claimed.kind}`);
    const { db } = stack.database;
    expect(await completeStep(db, step.id, claimed.claim.fence, {}, new Date())).toBe(true);
    const rows = await db
      .select({ messageId: outbox.messageId })
      .from(outbox)
      .where(eq(outbox.stepId, step.id));
    expect(rows.map(({ messageId }) => messageId)).toEqual(kept);
  },
);

test("a step that is taken back from a dead worker leaves no message of its earlier dispatch", async () => {
  const { runId, step } = await unsent("taken-back");
  const input = { runId, stepId: step.id, dispatch: 1, delivery };
  expect(await claimStep(stack.runtime, input, { billDelivery: true })).toMatchObject({ kind: "claimed" });
  await stack.database.db
    .update(steps)
    .set({ leaseExpiresAt: new Date(0) })
    .where(eq(steps.id, step.id));
  expect(await reconcile(down)).toMatchObject({ leasesExpired: 1 });
  expect(await toBeSent(runId)).toEqual(["inspect.2"]);
});

test("a run that failed has nothing more to send, of none of its steps", async () => {
  const { runId, step } = await unsent("failed");
  const { db } = stack.database;
  await db.execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, dispatch)
    select 'sibling' || n, ${runId}, 'extract', n, 'queued', '{}', 'k', 4, 1000, 1 from generate_series(1, 3) n`);
  await db.execute(sql`
    insert into outbox (id, step_id, dispatch, publish_after, created_at)
    select 'out' || n, 'sibling' || n, 1, now(), now() from generate_series(1, 3) n`);
  expect(await toBeSent(runId)).toHaveLength(4);
  const sourceBody = btoa(JSON.stringify({ v: 1, runId, stepId: step.id, dispatch: 1 }));
  const report = { sourceMessageId: "msg_one", sourceBody, retried: 0 };
  await failDelivery(stack.runtime, report, { ...delivery, messageId: "msg_report" });
  expect((await stepsOf(stack, runId)).map(({ state }) => state).sort()).toEqual([
    ...Array(3).fill("cancelled"),
    "failed",
  ]);
  expect(await toBeSent(runId)).toEqual([]);
});
