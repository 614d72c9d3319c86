import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ensureAdminKey } from "../../../src/access/ensure-admin-key.ts";
import { createApi } from "../../../src/api/create-api.ts";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { executedSchema, planFileSchema, planViewSchema } from "../../../src/triage/plans/plan-view.ts";
import { requeueViewSchema } from "../../../src/triage/requeues/requeue-view.ts";
import { takeTurn } from "../../../src/triage/requeues/take-turn.ts";
import { ended } from "../../support/ingest.ts";
import { failedFile, startTriage } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
let api: ReturnType<typeof createApi>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
  api = createApi(stack.runtime);
  await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
});
afterAll(() => stack.close());

const headers = () => ({
  authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
  "content-type": "application/json",
});
const read = (path: string) => api.request(`/api/v1/${path}`, { headers: headers() });
const post = (path: string, body: object, more: Record<string, string> = {}) =>
  api.request(`/api/v1/${path}`, {
    method: "POST",
    headers: { ...headers(), ...more },
    body: JSON.stringify(body),
  });

async function planOf(files: readonly string[], undoSeconds: number) {
  const answer = await post("plans", { selection: { kind: "files", files }, options: { undoSeconds } });
  expect(answer.status).toBe(201);
  return planViewSchema.parse(await answer.json());
}
const requeueOf = async (id: string) => requeueViewSchema.parse(await (await read(`requeues/${id}`)).json());

/** Lets QStash deliver the turns that wait, until the requeue is done. */
function done(id: string) {
  return vi.waitFor(
    async () => {
      stack.clock.advance(2_000);
      const requeue = await requeueOf(id);
      if (requeue.state !== "done") throw new Error(`the requeue is ${requeue.state}`);
      return requeue;
    },
    { timeout: 30_000, interval: 100 },
  );
}

describe("a plan that is carried out", () => {
  it("freezes its files, sends each once, and tells what became of them", async () => {
    const { fileId } = await failedFile(stack, "planned.md");
    const plan = await planOf([fileId, "file_nowhere"], 0);
    expect(plan).toMatchObject({ selected: 2, included: 1, excluded: [{ reason: "gone", files: 1 }] });
    expect(plan.stages.filter(({ runs }) => runs > 0).map(({ step }) => step)).toEqual([
      "embed",
      "index",
      "finalize",
    ]);
    expect(BigInt(plan.cost.lowNanoUsd)).toBeGreaterThan(0n);
    const { items } = listOf(planFileSchema).parse(await (await read(`plans/${plan.id}/files`)).json());
    expect(items.map((file) => file.excluded).sort()).toEqual(["gone", null]);

    const answer = await post(`plans/${plan.id}/execute`, {}, { "idempotency-key": plan.id });
    expect(answer.status).toBe(202);
    const { requeueId } = executedSchema.parse(await answer.json());
    const again = await post(`plans/${plan.id}/execute`, {}, { "idempotency-key": plan.id });
    expect(executedSchema.parse(await again.json()).requeueId).toBe(requeueId);
    const other = await post(`plans/${plan.id}/execute`, {});
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ error: { code: "plan_executed", details: { requeueId } } });

    const requeue = await done(requeueId);
    expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
    expect(requeue.counts).toMatchObject({ total: 1, succeeded: 1, pending: 0 });
    expect(requeue.messages.swallowed).toBe(0);
    expect(await triage.audit(fileId)).toHaveLength(1);
  });

  it("does no file twice when a turn is delivered again, and skips what another plan took", async () => {
    const { fileId } = await failedFile(stack, "twice-planned.md");
    const [first, second] = [await planOf([fileId], 3_600), await planOf([fileId], 0)];
    const other = executedSchema.parse(await (await post(`plans/${second.id}/execute`, {})).json());
    await done(other.requeueId);
    const seen = planViewSchema.parse(await (await read(`plans/${first.id}`)).json());
    expect(seen.changed).toEqual([{ reason: "in-other-requeue", files: 1 }]);
    const { requeueId } = executedSchema.parse(await (await post(`plans/${first.id}/execute`, {})).json());
    const late = { ...stack.runtime.clock, now: () => new Date(Date.now() + 3_700_000) };
    const ctx = { ...stack.runtime, clock: late };
    const delivery = { messageId: "msg_late", retried: 0, sender: undefined };
    await takeTurn(ctx, { v: 1, requeueId, turn: 1 }, delivery);
    await takeTurn(ctx, { v: 1, requeueId, turn: 1 }, { ...delivery, retried: 1 });
    expect(await requeueOf(requeueId)).toMatchObject({
      state: "done",
      skipped: [{ reason: "in-other-requeue", files: 1 }],
    });
    expect(await triage.audit(fileId)).toHaveLength(1);
  });

  it("sends nothing when it is cancelled before it began", async () => {
    const { fileId } = await failedFile(stack, "undone.md");
    const plan = await planOf([fileId], 3_600);
    const { requeueId } = executedSchema.parse(await (await post(`plans/${plan.id}/execute`, {})).json());
    expect((await post(`requeues/${requeueId}/cancel`, {})).status).toBe(200);
    expect(await requeueOf(requeueId)).toMatchObject({ state: "cancelled", counts: { skipped: 1, sent: 0 } });
    expect(await triage.audit(fileId)).toEqual([]);
    expect((await post(`requeues/${requeueId}/cancel`, {})).status).toBe(409);
  });
});
