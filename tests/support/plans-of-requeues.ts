import { expect, vi } from "vitest";
import { z } from "zod";
import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { createApi } from "../../src/api/create-api.ts";
import { carryOnRequeues } from "../../src/jobs/send-requeue.ts";
import { listOf } from "../../src/pipeline/files/file-view.ts";
import {
  executedSchema,
  planFileSchema,
  type planRequestSchema,
  planViewSchema,
} from "../../src/triage/plans/plan-view.ts";
import { requeueFileSchema, requeueViewSchema } from "../../src/triage/requeues/requeue-view.ts";
import type { Stack } from "./stack.ts";

const refusedSchema = z.object({
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
});

type PlanInput = z.input<typeof planRequestSchema>;

/** Plans and requeues by the API, as a person on call uses it. */
export async function startPlans(stack: Stack) {
  const api = createApi(stack.runtime);
  await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
  const headers = {
    authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
    "content-type": "application/json",
  };
  const read = async (path: string): Promise<unknown> =>
    (await api.request(`/api/v1/${path}`, { headers })).json();
  const post = (path: string, body: object, more: Record<string, string> = {}) =>
    api.request(`/api/v1/${path}`, {
      method: "POST",
      headers: { ...headers, ...more },
      body: JSON.stringify(body),
    });
  const requeue = async (id: string) => requeueViewSchema.parse(await read(`requeues/${id}`));
  return {
    post,
    requeue,
    /** Makes a plan; without an undo window, unless it says so. */
    async plan({ options, ...rest }: PlanInput) {
      const answer = await post("plans", { ...rest, options: { undoSeconds: 0, ...options } });
      expect(answer.status).toBe(201);
      return planViewSchema.parse(await answer.json());
    },
    readPlan: async (id: string) => planViewSchema.parse(await read(`plans/${id}`)),
    planFiles: async (id: string, query = "") =>
      listOf(planFileSchema).parse(await read(`plans/${id}/files${query}`)),
    files: async (id: string, query = "") =>
      listOf(requeueFileSchema).parse(await read(`requeues/${id}/files${query}`)),
    async execute(planId: string, key?: string) {
      const more = key === undefined ? {} : { "idempotency-key": key };
      const answer = await post(`plans/${planId}/execute`, {}, more);
      expect(answer.status).toBe(202);
      return executedSchema.parse(await answer.json());
    },
    /** The refusal of a request that changes something. */
    async refusal(path: string) {
      const answer = await post(path, {});
      return { status: answer.status, ...refusedSchema.parse(await answer.json()).error };
    },
    /** Lets QStash's time pass, and the tick look after the requeue, until it stands as asked. */
    reached(id: string, stands: (requeue: z.output<typeof requeueViewSchema>) => boolean, byMs = 5_000) {
      return vi.waitFor(
        async () => {
          stack.clock.advance(byMs);
          await carryOnRequeues(stack.runtime);
          const seen = await requeue(id);
          if (!stands(seen))
            throw new Error(`requeue ${id} is ${seen.state}: ${JSON.stringify(seen.counts)}`);
          return seen;
        },
        { timeout: 60_000, interval: 200 },
      );
    },
  };
}

/** Whether a requeue has ended and its result is proved. */
export function isProved({ proof }: { proof: object | null }): boolean {
  return proof !== null;
}
