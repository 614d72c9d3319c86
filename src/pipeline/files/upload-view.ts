import { z } from "zod";

/** The answer to an accepted upload. `duplicate` is true when the project had the same content already. */
export const acceptedUploadSchema = z.object({
  fileId: z.string(),
  runId: z.string(),
  traceId: z.string(),
  duplicate: z.boolean(),
});

/** A browser upload on its way through Blob. */
export const uploadViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(["pending", "accepted", "refused"]),
  file: acceptedUploadSchema.nullable(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable(),
});

export type AcceptedUpload = z.infer<typeof acceptedUploadSchema>;
export type UploadView = z.infer<typeof uploadViewSchema>;
