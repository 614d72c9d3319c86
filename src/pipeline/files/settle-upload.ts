import { and, eq } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { uploads } from "../../db/schema/uploads.ts";
import type { WaybillError } from "../../kernel/errors.ts";
import type { AcceptedUpload } from "./upload-view.ts";

/** Marks an upload that is under way as accepted; one that has come to an end stays as it is. */
export async function markAccepted(
  ctx: DbContext,
  uploadId: string,
  accepted: AcceptedUpload,
): Promise<void> {
  const { duplicate, ...ids } = accepted;
  await ctx.db
    .update(uploads)
    .set({ state: "accepted", ...ids, duplicate: duplicate ? "yes" : "no", completedAt: ctx.clock.now() })
    .where(and(eq(uploads.id, uploadId), eq(uploads.state, "pending")));
}

/** Marks an upload that is under way as refused; one that has come to an end stays as it is. */
export async function markRefused(ctx: DbContext, uploadId: string, error: WaybillError): Promise<void> {
  await ctx.db
    .update(uploads)
    .set({
      state: "refused",
      errorCode: error.code,
      errorDetails: { ...error.details },
      completedAt: ctx.clock.now(),
    })
    .where(and(eq(uploads.id, uploadId), eq(uploads.state, "pending")));
}
