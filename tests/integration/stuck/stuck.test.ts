import { and, eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createApi } from "../../../src/api/create-api.ts";
import { removeBudget } from "../../../src/costs/budgets/change-budget.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { failures } from "../../../src/db/schema/failures.ts";
import { files } from "../../../src/db/schema/files.ts";
import { messageStates } from "../../../src/db/schema/messages.ts";
import { outbox } from "../../../src/db/schema/outbox.ts";
import { runs } from "../../../src/db/schema/runs.ts";
import { stepDurations } from "../../../src/db/schema/step-durations.ts";
import { attempts, steps } from "../../../src/db/schema/steps.ts";
import { measureDurations } from "../../../src/jobs/measure-durations.ts";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { stuckStepSchema } from "../../../src/triage/stuck/stuck-view.ts";
import { beginBudget } from "../../support/budgets/budget-rows.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { gatewayAnswers, startTriage, storedSpan } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
});
afterAll(() => stack.close());

const hourMs = 3_600_000;
const fromNow = (ms: number) => new Date(stack.runtime.clock.now().getTime() + ms);
const text = (name: string) => `# About ${name}\n\nWhat ${name} says stands in this sentence.\n`;

async function call(path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
    "content-type": "application/json",
    ...init.headers,
  };
  return (await createApi(stack.runtime).request(`/api/v1/${path}`, { ...init, headers })).json();
}
const page = async (query = "") => listOf(stuckStepSchema).parse(await call(`stuck${query}`));
const stuckOf = async (fileId: string) => (await page()).items.find((item) => item.fileId === fileId) ?? null;
const act = (stepId: string, action: string, headers: Record<string, string> = {}) =>
  call(`steps/${stepId}/${action}`, {
    method: "POST",
    headers,
    body: JSON.stringify({ reason: "a test" }),
  });
const notWaiting = (state: string) => ({ error: { code: "step_not_waiting", details: { state } } });

/** Its message is taken, and never comes; it was queued `ms` ago. */
async function lost(name: string, ms = hourMs) {
  const publish = async (messages: readonly unknown[]) =>
    messages.map((_, at) => ({ messageId: `msg_lost_${name}_${at}`, deduplicated: false }));
  const runtime = { ...stack.runtime, queue: { ...stack.runtime.queue, publish } };
  const { fileId, runId } = await upload({ ...stack, runtime }, name, text(name));
  const step = (await stepsOf(stack, runId)).find(({ state }) => state === "queued");
  if (step === undefined) throw new TypeError("No step is queued.");
  await set(step.id, { queuedAt: fromNow(-ms) });
  return { fileId, runId, stepId: step.id, dispatch: step.dispatch };
}

async function set(stepId: string, values: Partial<typeof steps.$inferInsert>): Promise<void> {
  await stack.database.db.update(steps).set(values).where(eq(steps.id, stepId));
}

/** Its file is held by a step, which is held for an hour. */
async function heldStep(fileId: string, runId: string) {
  return vi.waitFor(
    async () => {
      const [file] = await stack.database.db.select().from(files).where(eq(files.id, fileId));
      const step = (await stepsOf(stack, runId)).find(({ state }) => state === "held");
      if (file?.status !== "held" || step === undefined) throw new Error(`the file is ${file?.status}`);
      await set(step.id, { queuedAt: fromNow(-hourMs) });
      return step;
    },
    { timeout: 15_000, interval: 25 },
  );
}

const auditOf = (fileId: string) =>
  stack.database.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.fileId, fileId), inArray(auditEntries.action, stepActions)));
const stepActions = ["step.retry-now", "step.resend", "step.fail-now"] as const;

it("lists a step whose message did not come, and sends it again", async () => {
  const { fileId, stepId } = await lost("lost.md");
  expect(await stuckOf(fileId)).toMatchObject({
    stepId,
    step: "inspect",
    state: "queued",
    reason: "not-delivered",
    project: "default",
    limitMs: 60_000,
    attempts: 0,
    actions: ["resend", "fail-now"],
  });
  expect(await act(stepId, "retry-now")).toMatchObject(notWaiting("queued"));
  expect(await act(stepId, "resend")).toMatchObject({ stepId, fileId, state: "queued" });
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  expect(await stuckOf(fileId)).toBeNull();
  expect(await act(stepId, "resend")).toMatchObject(notWaiting("succeeded"));
  expect(await auditOf(fileId)).toMatchObject([
    { action: "step.resend", reason: "a test", request: { stepId }, keyId: triage.keyId },
  ]);
});

it("does not list a step before the time that steps of its kind take", async () => {
  const { fileId, stepId } = await lost("young.md", 50_000);
  expect(await stuckOf(fileId)).toBeNull();
  await set(stepId, { queuedAt: fromNow(-70_000) });
  expect(await stuckOf(fileId)).toMatchObject({ stepId });
  await stack.database.db
    .insert(stepDurations)
    .values({ step: "inspect", p99Ms: 200_000, samples: 50, measuredAt: stack.runtime.clock.now() });
  expect(await stuckOf(fileId)).toBeNull();
  await set(stepId, { queuedAt: fromNow(-300_000) });
  expect(await stuckOf(fileId)).toMatchObject({ stepId, limitMs: 200_000 });
  await stack.database.db.delete(stepDurations);
  await act(stepId, "fail-now");
});

it("ends a backoff, keeps the attempts counted, and does a repeated request once", async () => {
  const { fileId, stepId, dispatch } = await lost("backoff.md");
  const nextAttemptAt = fromNow(hourMs);
  await set(stepId, { nextAttemptAt, attemptCount: 1, errorCode: "provider_unavailable" });
  expect(await stuckOf(fileId)).toMatchObject({
    reason: "backoff",
    attempts: 1,
    nextAttemptAt: nextAttemptAt.toISOString(),
    actions: ["retry-now", "fail-now"],
  });
  await set(stepId, { errorCode: "provider_rate_limited" });
  expect(await stuckOf(fileId)).toMatchObject({ reason: "rate-limited" });
  expect(await act(stepId, "resend")).toMatchObject(notWaiting("queued"));
  const key = { "idempotency-key": "once" };
  expect(await act(stepId, "retry-now", key)).toMatchObject({ state: "queued" });
  expect(await act(stepId, "retry-now", key)).toMatchObject({ state: "queued" });
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
  const [step] = await stack.database.db.select().from(steps).where(eq(steps.id, stepId));
  expect(step).toMatchObject({ dispatch: dispatch + 1, attemptCount: 2 });
  expect(await auditOf(fileId)).toHaveLength(1);
});

it("calls back the message that QStash still holds", async () => {
  const { publish } = stack.runtime.queue;
  const late: typeof publish = (messages) =>
    publish(messages.map((message) => ({ ...message, deliverAfter: fromNow(hourMs) })));
  const runtime = { ...stack.runtime, queue: { ...stack.runtime.queue, publish: late } };
  const { fileId, runId } = await upload({ ...stack, runtime }, "late.md", text("late"));
  const [step] = await stepsOf(stack, runId);
  if (step === undefined) throw new TypeError("There is no step.");
  const [sent] = await stack.database.db.select().from(outbox).where(eq(outbox.stepId, step.id));
  const messageId = sent?.messageId ?? "";
  expect(await stack.runtime.queue.isPending(messageId)).toBe(true);
  await act(step.id, "resend");
  expect(await stack.runtime.queue.isPending(messageId)).toBe(false);
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
});

it("says that a callback was lost where QStash has given the message up", async () => {
  const { fileId, stepId, dispatch } = await lost("callback.md");
  const said = { messageId: "msg_gone", at: fromNow(-hourMs), state: "FAILED", stepId };
  await stack.database.db.insert(messageStates).values({ ...said, dispatch: dispatch + 1 });
  expect(await stuckOf(fileId)).toMatchObject({ reason: "not-delivered" });
  await stack.database.db.insert(messageStates).values({ ...said, messageId: "msg_own", dispatch });
  expect(await stuckOf(fileId)).toMatchObject({ reason: "lost-callback", actions: ["resend", "fail-now"] });
  await act(stepId, "resend");
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
});

it("lets a step go on that a provider holds", async () => {
  await gatewayAnswers(stack, 402, 1);
  const { fileId, runId } = await upload(stack, "credit.md", text("credit"));
  const { id } = await heldStep(fileId, runId);
  expect(await stuckOf(fileId)).toMatchObject({
    step: "embed",
    state: "held",
    reason: "held-by-provider",
    errorCode: "provider_out_of_credit",
    budgetId: null,
    actions: ["retry-now", "fail-now"],
  });
  expect(await act(id, "retry-now")).toMatchObject({ state: "queued" });
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
});

it("names the budget that holds a step, and gives the step up", async () => {
  await beginBudget(stack, "budget_none", 0n);
  const { fileId, runId } = await upload(stack, "money.md", text("money"));
  const { id } = await heldStep(fileId, runId);
  expect(await stuckOf(fileId)).toMatchObject({
    reason: "held-by-budget",
    budgetId: "budget_none",
    actions: ["fail-now"],
  });
  expect(await act(id, "retry-now")).toMatchObject(notWaiting("held"));
  expect(await act(id, "fail-now")).toMatchObject({ state: "failed" });
  expect(await ended(stack, fileId)).toMatchObject({ status: "failed", errorCode: "given_up" });
  const { db, clock } = stack.runtime;
  await db.transaction((tx) => removeBudget(tx, "budget_none", clock.now()));
});

it("gives a step up once, files the failure, ends the trace, and leaves the file to a requeue", async () => {
  const { fileId, runId, stepId } = await lost("given-up.md");
  expect(await act(stepId, "fail-now")).toMatchObject({ stepId, fileId, state: "failed" });
  expect(await act(stepId, "fail-now")).toMatchObject(notWaiting("failed"));
  expect(await stuckOf(fileId)).toBeNull();
  const filed = await stack.database.db.select().from(failures).where(eq(failures.fileId, fileId));
  expect(filed).toMatchObject([{ code: "given_up", stepId }]);
  await storedSpan(stack, runId, "ingest");
  await triage.requeue(fileId, "failed");
  expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
});

it("lists a running step by the time of its attempt, and lets nobody act on it", async () => {
  const { fileId, runId, stepId } = await lost("running.md");
  const leaseExpiresAt = new Date(Date.now() + hourMs);
  await set(stepId, { state: "running", fence: 1, attemptCount: 1, leaseExpiresAt });
  const attempt = { id: "att_running", stepId, runId, number: 1, fence: 1, spanId: "00000000000000a1" };
  const delivered = { messageId: "msg_running", retried: 0, deployment: "test", outcome: "running" as const };
  await stack.database.db.insert(attempts).values({ ...attempt, ...delivered, startedAt: fromNow(-30_000) });
  expect(await stuckOf(fileId)).toBeNull();
  const startedAt = fromNow(-600_000);
  await stack.database.db.update(attempts).set({ startedAt }).where(eq(attempts.id, "att_running"));
  expect(await stuckOf(fileId)).toMatchObject({
    state: "running",
    reason: "running-long",
    since: startedAt.toISOString(),
    actions: [],
  });
  for (const action of ["retry-now", "resend", "fail-now"])
    expect(await act(stepId, action)).toMatchObject(notWaiting("running"));
});

it("pages in the order of queueing, and narrows by reason, step and project", async () => {
  const names = ["first.md", "second.md", "third.md"];
  const made: string[] = [];
  for (const [at, name] of names.entries()) made.push((await lost(name, (10 - at) * hourMs)).fileId);
  const first = await page("?reason=not-delivered&limit=2");
  const next = await page(`?reason=not-delivered&limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...next.items].map(({ fileId }) => fileId)).toEqual(made);
  expect(next.nextCursor).toBeNull();
  expect((await page("?step=inspect&project=default&reason=not-delivered")).items).toHaveLength(3);
  expect((await page("?step=embed")).items).toEqual([]);
  expect((await page("?project=elsewhere")).items).toEqual([]);
  expect((await page("?reason=backoff")).items).toEqual([]);
  expect(await call("stuck?cursor=other")).toMatchObject({ error: { code: "malformed_request" } });
  expect(await act("step_none", "resend")).toMatchObject({ error: { code: "step_not_found" } });
});

it("measures how long attempts take from twenty of them on, and once an hour", async () => {
  const { db } = stack.database;
  await db.delete(stepDurations);
  const [model] = await db.select().from(attempts).where(eq(attempts.outcome, "succeeded")).limit(1);
  if (model === undefined) throw new TypeError("No attempt has succeeded.");
  await db.update(attempts).set({ outcome: "lost" }).where(eq(attempts.outcome, "succeeded"));
  const taken = (number: number, ms: number) => ({
    ...model,
    id: `att_taken${number}`,
    number: 1000 + number,
    outcome: "succeeded" as const,
    startedAt: fromNow(-ms),
    finishedAt: fromNow(0),
  });
  await db.insert(attempts).values(Array.from({ length: 19 }, (_, at) => taken(at, 1000)));
  expect(await measureDurations(stack.runtime)).toBe(0);
  await db.insert(attempts).values(taken(19, 90_000));
  expect(await measureDurations(stack.runtime)).toBe(1);
  const [measured] = await db.select().from(stepDurations);
  expect(measured).toMatchObject({ samples: 20 });
  expect(Math.round((measured?.p99Ms ?? 0) / 1000)).toBe(90);
  expect(await measureDurations(stack.runtime)).toBe(0);
  await db.update(stepDurations).set({ measuredAt: sql`measured_at - interval '2 hours'` });
  expect(await measureDurations(stack.runtime)).toBe(1);
});

it("lists a step of which some shards have ended and none for long, and says how many", async () => {
  await gatewayAnswers(stack, 402, 1);
  const { fileId, runId } = await upload(stack, "manual.pdf", manualPdf({ pages: 420, seed: 3 }));
  const held = await heldStep(fileId, runId);
  const joining = async () => (await page("?reason=waiting-for-siblings")).items;
  expect(await joining()).toEqual([]);
  // A shard that ended a minute ago is no sign that the others do not go on; one that ended an hour ago is.
  const { db } = stack.database;
  await db
    .update(runs)
    .set({ createdAt: fromNow(-hourMs) })
    .where(eq(runs.id, runId));
  expect(await joining()).toEqual([]);
  const shards = (await stepsOf(stack, runId)).filter((step) => step.name === "index");
  const ago = fromNow(-hourMs);
  await db
    .update(steps)
    .set({ finishedAt: ago })
    .where(and(eq(steps.runId, runId), eq(steps.name, "index"), eq(steps.state, "succeeded")));
  expect(await joining()).toMatchObject([
    {
      ...{ fileId, step: "finalize", state: "waiting", since: ago.toISOString(), attempts: 0, actions: [] },
      siblings: { step: "index", ended: shards.length - 1, of: shards.length },
    },
  ]);
  expect((await page("?step=finalize")).items).toHaveLength(1);
  expect((await page("?reason=held-by-provider")).items).toMatchObject([{ stepId: held.id }]);
  expect((await page("?project=elsewhere")).items).toEqual([]);
  const calling = async (provider: string) =>
    (await page(`?provider=${provider}`)).items.map(({ stepId }) => stepId);
  expect(await calling("gateway")).toContain(held.id);
  expect(await calling("vector")).not.toContain(held.id);
  await act(held.id, "retry-now");
  expect(await ended(stack, fileId, 40_000)).toMatchObject({ status: "succeeded" });
  expect(await joining()).toEqual([]);
});
