import { z } from "@hono/zod-openapi";

/** Why somebody does something, in a body or a query; kept in the audit log. */
export const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .optional()
  .openapi({ description: "kept in the audit log" });

/** The headers of a deed that is done once, however often it is sent. @param description what the same key twice is */
export function idempotencyHeaders(description = "the same key twice is one request") {
  return z.object({
    "idempotency-key": z.string().min(1).max(255).optional().openapi({ description }),
  });
}

/** A JSON body that must be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true as const, content: { "application/json": { schema } } };
}
