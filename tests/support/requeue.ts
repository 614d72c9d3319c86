import { and, asc, eq } from "drizzle-orm";
import { expect, vi } from "vitest";
import { z } from "zod";
import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { createApi } from "../../src/api/create-api.ts";
import { spans } from "../../src/db/schema/spans.ts";
import { attempts } from "../../src/db/schema/steps.ts";
import { fileViewSchema, listOf } from "../../src/pipeline/files/file-view.ts";
import { auditEntryViewSchema } from "../../src/triage/audit/audit-view.ts";
import { requeuedSchema } from "../../src/triage/requeued-view.ts";
import { ended, upload } from "./ingest.ts";
import type { Stack } from "./stack.ts";

const refusedSchema = z.object({ error: z.object({ code: z.string() }) });

/** The API as a person on call uses it, over a stack. */
export async function startTriage(stack: Stack) {
  const api = createApi(stack.runtime);
  const { keyId } = await ensureAdminKey(stack.runtime, stack.env.WAYBILL_API_KEY);
  const call = (path: string, init: RequestInit = {}) =>
    api.request(`/api/v1/files/${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${stack.env.WAYBILL_API_KEY}` },
    });
  const post = (fileId: string, body: object, headers: Record<string, string> = {}) =>
    call(`${fileId}/requeue`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "a test", ...headers },
      body: JSON.stringify(body),
    });
  return {
    keyId,
    post,
    /** Requeues a file. */
    async requeue(fileId: string, from: string, headers: Record<string, string> = {}) {
      return requeuedSchema.parse(await (await post(fileId, { from }, headers)).json());
    },
    /** The code of a refusal. */
    async refusal(fileId: string, from: string): Promise<string> {
      return refusedSchema.parse(await (await post(fileId, { from })).json()).error.code;
    },
    async view(fileId: string) {
      return fileViewSchema.parse(await (await call(fileId)).json());
    },
    async audit(fileId: string) {
      return listOf(auditEntryViewSchema).parse(await (await call(`${fileId}/audit`)).json()).items;
    },
  };
}

/** Lets the gateway answer its next calls for vectors with a status; 401 ends a step at its first attempt. */
export async function gatewayAnswers(stack: Stack, status: number, times: number): Promise<void> {
  const { origin } = new URL(stack.variables.AI_GATEWAY_BASE_URL ?? "");
  const body = JSON.stringify({ match: "embedding", status, times });
  await fetch(`${origin}/__local/faults`, { method: "POST", body });
}

/** A file whose embed step failed at its first attempt. */
export async function failedFile(stack: Stack, name: string) {
  await gatewayAnswers(stack, 401, 1);
  const uploaded = await upload(stack, name, `# About ${name}\n\nA document that the gateway refused once.`);
  expect(await ended(stack, uploaded.fileId, 45_000)).toMatchObject({
    status: "failed",
    failedStep: "embed",
  });
  return uploaded;
}

/** Somebody who requeues without the API. */
export function actorOf({ keyId }: { keyId: string }) {
  return { keyId, keyName: "admin", via: "key", userAgent: null, addressHash: null } as const;
}

/** The attempts of a run, in the order in which they began. */
export function attemptsOf(stack: Stack, runId: string) {
  return stack.database.db
    .select()
    .from(attempts)
    .where(eq(attempts.runId, runId))
    .orderBy(asc(attempts.startedAt), asc(attempts.number));
}

/** A span of a run by its name, once it is stored: what a delivery records last, it stores after its commit. */
export function storedSpan(stack: Stack, runId: string, name: string) {
  return vi.waitFor(
    async () => {
      await stack.runtime.telemetry.flush();
      const found = await stack.database.db
        .select()
        .from(spans)
        .where(and(eq(spans.runId, runId), eq(spans.name, name)));
      if (found[0] === undefined) throw new Error(`there is no span ${name} yet`);
      return found[0];
    },
    { timeout: 10_000, interval: 50 },
  );
}

const rangeSchema = z.object({
  result: z.object({
    vectors: z.array(
      z.object({ id: z.string(), metadata: z.object({ fileId: z.string(), runId: z.string() }) }),
    ),
    nextCursor: z.literal(""),
  }),
});

/** The ids of a file's vectors in the index, sorted. */
export async function vectorsOf(stack: Stack, fileId: string): Promise<string[]> {
  const response = await fetch(`${stack.env.UPSTASH_VECTOR_REST_URL}/range/default`, {
    method: "POST",
    headers: { Authorization: `Bearer ${stack.env.UPSTASH_VECTOR_REST_TOKEN}` },
    body: JSON.stringify({ cursor: "0", limit: 1000, includeMetadata: true }),
  });
  const { vectors } = rangeSchema.parse(await response.json()).result;
  return vectors
    .filter(({ metadata }) => metadata.fileId === fileId)
    .map(({ id }) => id)
    .sort();
}

/** How many dead letters QStash has. */
export async function deadLetters(stack: Stack): Promise<string[]> {
  const response = await fetch(`${stack.env.QSTASH_URL}/v2/dlq`, {
    headers: { Authorization: `Bearer ${stack.env.QSTASH_TOKEN}` },
  });
  const { messages } = z
    .object({ messages: z.array(z.object({ dlqId: z.string() })) })
    .parse(await response.json());
  return messages.map(({ dlqId }) => dlqId);
}
