import { expect, vi } from "vitest";
import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { createApi } from "../../src/api/create-api.ts";
import { listOf } from "../../src/pipeline/files/file-view.ts";
import {
  deadLetterViewSchema,
  findingViewSchema,
  reconciliationViewSchema,
  repairedSchema,
} from "../../src/triage/reconciliation/reconciliation-view.ts";
import type { Stack } from "./stack.ts";

/** The API of reconciliations as a person on call uses it, over a served stack. */
export async function startReconciling(stack: Stack) {
  const api = createApi(stack.runtime);
  await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
  const authorization = `Bearer ${stack.env.WAYBILL_API_KEY}`;
  const read = async (path: string) =>
    (await api.request(`/api/v1/${path}`, { headers: { authorization } })).json();
  const post = async (path: string, body: object) =>
    (
      await api.request(`/api/v1/${path}`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      })
    ).json();
  const get = async (id: string) => reconciliationViewSchema.parse(await read(`reconciliations/${id}`));
  return {
    get,
    begin: async () => reconciliationViewSchema.parse(await post("reconciliations", { reason: "a test" })),
    /** Resolves with it once it has ended. */
    ended: (id: string) =>
      vi.waitFor(
        async () => {
          const view = await get(id);
          expect(view.stage).toBe("done");
          return view;
        },
        { timeout: 30_000, interval: 50 },
      ),
    findings: async (id: string) =>
      listOf(findingViewSchema).parse(await read(`reconciliations/${id}/findings`)).items,
    repair: async (id: string, body: object) =>
      repairedSchema.parse(await post(`reconciliations/${id}/repair`, body)),
    deadLetters: async () => listOf(deadLetterViewSchema).parse(await read("dead-letters")).items,
  };
}

/** Writes or deletes vectors of the project `default` behind the product's back. */
export async function meddleWithVectors(stack: Stack, command: "upsert" | "delete", body: unknown) {
  const answer = await fetch(`${stack.env.UPSTASH_VECTOR_REST_URL}/${command}/default`, {
    method: "POST",
    headers: { Authorization: `Bearer ${stack.env.UPSTASH_VECTOR_REST_TOKEN}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
