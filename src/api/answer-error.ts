import { HTTPException } from "hono/http-exception";
import { errorResponse, toWaybillError, WaybillError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { harmlessPath } from "../telemetry/harmless-path.ts";
import { requestLog } from "../telemetry/request-log.ts";

/**
 * Anything thrown as the answer of every refused request, `{ error: { code, message, details } }` with the
 * code's status. What is our own fault is logged with its cause; the answer never shows it.
 */
export function answerError(log: Log, thrown: unknown, request: Request): Response {
  const error = fromHono(thrown) ?? toWaybillError(thrown);
  if (error.status >= 500) {
    const path = harmlessPath(new URL(request.url).pathname);
    requestLog(log).error({ err: error, code: error.code, method: request.method, path }, "a request failed");
  }
  const response = errorResponse(error);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/** Hono's own refusals: JSON that cannot be parsed, or a body of another type. */
function fromHono(thrown: unknown): WaybillError | undefined {
  if (!(thrown instanceof HTTPException) || thrown.status >= 500) return undefined;
  return new WaybillError("malformed_request", { details: { body: thrown.message }, cause: thrown });
}
