import { z } from "@hono/zod-openapi";

/** The query parameters of a paged list. */
export function pageQuery(limits: { default: number; max: number }) {
  return z.object({
    limit: z.coerce.number().int().min(1).max(limits.max).default(limits.default),
    cursor: z.string().min(1).max(500).optional().openapi({ description: "`nextCursor` of the page before" }),
  });
}
