import { z } from "zod";
import { ApiError } from "./api-error.ts";

const errorAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

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
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

/**
 * Sends JSON to the API and checks the answer's shape.
 * @throws ApiError
 */
export async function sendJson<T>(
  method: "POST" | "DELETE",
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
  signal?: AbortSignal,
): Promise<T> {
  return request(schema, path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
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
    parsed.error,
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
      error,
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
  if (parsed.success) return new ApiError(parsed.data.error.code, status, parsed.data.error.message);
  return new ApiError(
    "unexpected_answer",
    status,
    `The server answered with status ${status} and no reason. Its log has more.`,
  );
}

function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === "") continue;
    if (typeof value === "string" || typeof value === "number") parameters.append(key, String(value));
    else for (const item of value) parameters.append(key, item);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
