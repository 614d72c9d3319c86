import type { z } from "zod";
import { type ErrorDetails, WaybillError } from "../kernel/errors.ts";

/** What does not fit a schema, as `malformed_request` with one detail for each field that is wrong. */
export function malformedRequest(error: z.core.$ZodError): WaybillError {
  const details: ErrorDetails = Object.fromEntries(
    error.issues.map((issue) => [issue.path.join(".") || "body", issue.message]),
  );
  return new WaybillError("malformed_request", { details, cause: error });
}
