import type { z } from "zod";
import { undisturbedHeader } from "../kit/control.ts";

/** How long a part of the stack may take to answer, in ms. */
const patienceMs = 1500;

/** What a part of the stack has answered, or why there is no answer. */
export type Answered<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: string };

/** Asks a part of the stack. One that fails or does not answer in time is told as such: it spoils no other. */
export async function answered<Value>(
  ask: (signal: AbortSignal) => Promise<Value>,
): Promise<Answered<Value>> {
  const signal = AbortSignal.timeout(patienceMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    return { ok: true, value: await Promise.race([ask(signal), late]) };
  } catch (error) {
    return { ok: false, error: reasonOf(error) };
  }
}

/** Asks a stand-in for JSON, without meeting the faults that are set on it. @throws Error when it refuses */
export async function askJson<Schema extends z.ZodType>(
  url: string,
  schema: Schema,
  init: { signal: AbortSignal; token?: string },
): Promise<z.output<Schema>> {
  const answer = await fetch(url, {
    signal: init.signal,
    headers: {
      [undisturbedHeader]: "1",
      ...(init.token !== undefined && { authorization: `Bearer ${init.token}` }),
    },
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Error(`It answered ${answer.status} at ${new URL(url).pathname}.`);
  }
  return schema.parse(await answer.json());
}

/** Why something was not answered, in a sentence. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `It did not answer within ${patienceMs} ms.`;
  // `fetch` says only that it failed; what it met stands in the cause.
  const met = error.cause instanceof Error ? error.cause : error;
  if ("code" in met && met.code === "ECONNREFUSED") return "Nothing listens at its port.";
  return met.message || String(met);
}
