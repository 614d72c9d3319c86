import { z } from "@hono/zod-openapi";

/** A query parameter that is sent once or several times: any of the values. */
export const anyOf = <Item extends z.ZodType>(item: Item, description: string) =>
  z
    .union([z.array(item), item.transform((value) => [value])])
    .optional()
    .openapi({ type: "array", items: { type: "string" }, description });
