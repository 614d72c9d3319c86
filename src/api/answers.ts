import type { z } from "@hono/zod-openapi";
import { errorAnswerSchema } from "./error-answer-schema.ts";

/** A JSON answer for the OpenAPI document. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** The refusals that a route may answer with, besides those that all share (401, 500). */
export function refusals<Status extends number>(...statuses: Status[]) {
  const refusal = json(errorAnswerSchema, "Refused; `error.code` says why.");
  return Object.fromEntries([401, 500, ...statuses].map((status) => [status, refusal]));
}
