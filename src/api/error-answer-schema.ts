import { z } from "@hono/zod-openapi";
import { errorCodes } from "../kernel/error-codes.ts";

/** The body of every refused request. */
export const errorAnswerSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ enum: Object.keys(errorCodes) }),
      message: z.string().openapi({ description: "a sentence for a person" }),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  })
  .openapi("Error");
