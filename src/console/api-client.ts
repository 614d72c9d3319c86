import { z } from "zod";
import { systemClock } from "../kernel/clock.ts";
import { ApiError } from "./api-error.ts";

const errorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** The parameters of a query; arrays repeat the key, null and "" are left out. */
export type Query = Readonly<Record<string, string | number | readonly string[] | null>>;

/**
 * Reads from the API and checks the answer's shape.
 * @throws ApiError
 */
export async function getJson<T>(
  path: string,
  schema: z.ZodType<T>,
  options: { query?: Query; signal?: AbortSignal } = {},
): Promise<T> {
  return request(schema, `${path}${queryString(options.query ?? {})}`, {
    ...(systemClock.monotonicMs() - lastDeedMs < afreshMs && { headers: { "cache-control": "no-cache" } }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

/**
 * Reads an answer of the API as the text that it is, to hand it on.
 * @returns null when it is longer than `maxBytes`; the rest is not read then
 * @throws ApiError
 */
export async function getText(
  path: string,
  options: { maxBytes: number; signal?: AbortSignal },
): Promise<string | null> {
  const answer = await reach(path, options.signal ? { signal: options.signal } : {});
  if (!answer.ok) throw refusalOf(answer.status, await readJson(answer));
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.byteLength;
    // Leaving the loop cancels the body.
    if (bytes > options.maxBytes) return null;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * Sends JSON to the API and checks the answer's shape.
 * @throws ApiError
 */
export async function sendJson<T>(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  try {
    return await request(schema, path, {
      method,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } finally {
    // Another process may have answered it, and keep what it knew before.
    readAfresh();
  }
}

/** For how long after a deed its author reads afresh: as long as the server gives others an answer again, in ms. */
const afreshMs = 3_000;
let lastDeedMs = Number.NEGATIVE_INFINITY;

/** Has what is read in the next moments worked out anew, as something was done that must be seen. */
export function readAfresh(): void {
  lastDeedMs = systemClock.monotonicMs();
}

async function request<T>(schema: z.ZodType<T>, url: string, init: RequestInit): Promise<T> {
  const answer = await reach(url, init);
  const body = await readJson(answer);
  if (!answer.ok) throw refusalOf(answer.status, body);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError(
    "unexpected_answer",
    answer.status,
    "The server sent an answer that this console cannot read. Reload the page; the two may be of different versions.",
    { cause: parsed.error },
  );
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: "same-origin", ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(
      "unreachable",
      0,
      "The server did not answer. Check that it runs and that you are online.",
      { cause: error },
    );
  }
}

async function readJson(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusalOf(status: number, body: unknown): ApiError {
  const parsed = errorAnswer.safeParse(body);
  if (parsed.success) {
    const { code, message, details } = parsed.data.error;
    return new ApiError(code, status, message, { details });
  }
  return new ApiError(
    "unexpected_answer",
    status,
    `The server answered with status ${status} and no reason. Its log has more.`,
  );
}

/** A query as it stands in an address, with its question mark; empty where it asks nothing. */
export function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === "") continue;
    if (typeof value === "string" || typeof value === "number") parameters.append(key, String(value));
    else for (const item of value) parameters.append(key, item);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
