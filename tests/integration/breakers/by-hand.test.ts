import { desc, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { createApi } from "../../../src/api/create-api.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { changesAround } from "../../../src/triage/failures/changes-around.ts";
import { providerViewSchema } from "../../../src/triage/providers/provider-view.ts";
import { stuckStepSchema } from "../../../src/triage/stuck/stuck-view.ts";
import { allAre, heldSteps, movesOf, uploadMany } from "../../support/breakers.ts";
import { startTriage } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
let fileIds: string[];
beforeAll(async () => {
  stack = await startServedStack({ WAYBILL_DOCUMENT_THREADS: "1" });
  triage = await startTriage(stack);
});
afterAll(() => stack.close());

async function call(path: string, init: RequestInit = {}) {
  const headers = {
    authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
    "content-type": "application/json",
    ...init.headers,
  };
  return createApi(stack.runtime).request(`/api/v1/${path}`, { ...init, headers });
}
async function gateway() {
  const { items } = z
    .object({ items: z.array(providerViewSchema) })
    .parse(await (await call("providers")).json());
  expect(items.map(({ provider }) => provider)).toEqual(["blob", "gateway", "vector"]);
  return items.find(({ provider }) => provider === "gateway");
}
const change = (body: object, key?: string, provider = "gateway") =>
  call(`providers/${provider}/breaker`, {
    method: "POST",
    body: JSON.stringify(body),
    ...(key !== undefined && { headers: { "idempotency-key": key } }),
  });
const actions = ["provider.open", "provider.close", "provider.probe"] as const;
const audited = () =>
  stack.database.db
    .select()
    .from(auditEntries)
    .where(inArray(auditEntries.action, [...actions]))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id));

it("begins closed, without a call to tell of", async () => {
  expect(await gateway()).toMatchObject({
    name: "AI Gateway",
    state: "closed",
    byHand: false,
    heldSteps: 0,
    lately: { calls: 0, ill: 0, errorPercent: null, p50Ms: null },
    changes: [],
  });
});

it("is opened with a reason, which is asked for, kept in the audit log, and written once", async () => {
  expect((await change({ deed: "open" })).status).toBe(400);
  expect((await change({ deed: "open", reason: "x" }, undefined, "mainframe")).status).toBe(400);
  const reason = "Its operator moves it.";
  const first = await change({ deed: "open", reason }, "key-1");
  expect(first.status).toBe(200);
  expect(await first.json()).toMatchObject({ state: "open", byHand: true, reason, nextProbeAt: null });
  for (const key of ["key-1", undefined])
    expect(await (await change({ deed: "open", reason }, key)).json()).toMatchObject({ state: "open" });
  expect(await audited()).toMatchObject([
    {
      action: "provider.open",
      keyId: triage.keyId,
      reason,
      request: { provider: "gateway" },
      before: { state: "closed" },
      after: { state: "open" },
    },
  ]);
  expect(await movesOf(stack, "gateway")).toEqual(["closed > open: person"]);
  const reused = await change({ deed: "close" }, "key-1");
  expect(await reused.json()).toMatchObject({ error: { code: "idempotency_key_reused" } });
});

it("holds documents before their text is sent, and says so where people look", async () => {
  const before = await stack.usage("gateway");
  fileIds = await uploadMany(stack, "by-hand", 8);
  await allAre(stack, fileIds, "held");
  expect(await stack.usage("gateway")).toEqual(before);
  expect(await gateway()).toMatchObject({ heldSteps: 8 });
  await stack.database.db.execute(
    sql`update steps set queued_at = queued_at - interval '1 hour' where state = 'held'`,
  );
  const stuck = listOf(stuckStepSchema).parse(await (await call("stuck?reason=breaker-open")).json());
  expect(stuck.items).toHaveLength(8);
  for (const item of stuck.items)
    expect(item).toMatchObject({ provider: "gateway", state: "held", actions: ["fail-now"], attempts: 0 });
  const others = listOf(stuckStepSchema).parse(await (await call("stuck?reason=held-by-provider")).json());
  expect(others.items).toEqual([]);
});

it("is not probed against the will of who opened it", async () => {
  const answer = await change({ deed: "probe" });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ error: { code: "breaker_not_cooling" } });
  expect(await audited()).toHaveLength(1);
});

it("a step that it holds can be given up; its run's hold ends with it", async () => {
  const [given] = await heldSteps(stack, "gateway");
  const answer = await call(`steps/${given?.step.id}/fail-now`, {
    method: "POST",
    body: JSON.stringify({ reason: "a test" }),
  });
  expect(await answer.json()).toMatchObject({ state: "failed" });
  expect(await heldSteps(stack, "gateway")).toHaveLength(7);
  const { rows } = await stack.database.db.execute(
    sql`select ended_by from breaker_holds where step_id = ${given?.step.id}`,
  );
  expect(rows).toEqual([{ ended_by: "run" }]);
});

it("is closed, and lets go what it held, each success the next ones", async () => {
  const left = (await heldSteps(stack, "gateway")).map(({ step }) => step.runId);
  const closed = await change({ deed: "close", reason: "It is back." }, "key-2");
  const then = providerViewSchema.parse(await closed.json());
  expect(then).toMatchObject({ state: "closed", byHand: false, reason: null });
  // Five go on at once; those who were done already may have let further ones go.
  expect(then.heldSteps).toBeLessThanOrEqual(2);
  const { rows } = await stack.database.db.execute(
    sql`select file_id from runs where id = any(${sql.param(left)}::text[])`,
  );
  await allAre(
    stack,
    z
      .array(z.object({ file_id: z.string() }))
      .parse(rows)
      .map((row) => row.file_id),
    "succeeded",
  );
  expect(await (await change({ deed: "close" })).json()).toMatchObject({ state: "closed" });
  expect((await audited()).map(({ action }) => action)).toEqual(["provider.close", "provider.open"]);
  const view = await gateway();
  expect(view?.lately).toMatchObject({ calls: 7, ill: 0, errorPercent: 0 });
  expect(view?.changes.map(({ to, by }) => `${to} by ${by}`)).toEqual(["closed by admin", "open by admin"]);
});

it("is among what was changed around a failure", async () => {
  const changes = await changesAround(stack.database.db, stack.runtime.clock.now());
  expect(changes.filter(({ kind }) => kind === "provider").map(({ text }) => text)).toEqual([
    "admin closed the breaker of AI Gateway: It is back.",
    "admin opened the breaker of AI Gateway: Its operator moves it.",
  ]);
});
