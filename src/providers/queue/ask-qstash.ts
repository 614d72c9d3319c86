import { type Client, QstashError } from "@upstash/qstash";
import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import { providerFault } from "../provider-fault.ts";

/** For how long somebody who looks waits for QStash, in ms. */
const patienceMs = 6_000;

/** A client that somebody waits for: it does not try for long. */
export const impatient = { retry: { retries: 1 }, enableTelemetry: false } as const;

/**
 * Asks QStash, and checks what it says.
 * @throws WaybillError provider_* when it refuses, answers something else, or not in time
 */
export async function askQstash<Answer>(
  clock: Clock,
  schema: z.ZodType<Answer>,
  call: () => Promise<unknown>,
): Promise<Answer> {
  const said = schema.safeParse(await inTime(clock, call));
  if (said.success) return said.data;
  throw providerFault("qstash", 502, said.error);
}

/** Tells QStash to do something, whatever it answers. @throws WaybillError provider_* */
export async function tellQstash(clock: Clock, call: () => Promise<unknown>): Promise<void> {
  await askQstash(clock, z.unknown(), call);
}

async function inTime(clock: Clock, call: () => Promise<unknown>): Promise<unknown> {
  const done = new AbortController();
  const late = clock.wait(patienceMs, done.signal).then(() => {
    if (!done.signal.aborted) throw providerFault("qstash", undefined, new TypeError("no answer in time"));
  });
  try {
    return await Promise.race([said(call), late]);
  } finally {
    done.abort();
  }
}

async function said(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    throw providerFault("qstash", error instanceof QstashError ? error.status : undefined, error);
  }
}

/** Asks for a path that the SDK has no verb for, in the SDK's own way. */
export function getPath(
  client: Client,
  path: readonly string[],
  query: Record<string, string | undefined> = {},
): Promise<unknown> {
  return client.http.request({ method: "GET", path: [...path], query });
}
