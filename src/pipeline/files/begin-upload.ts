import { eq } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { uploads } from "../../db/schema/uploads.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { findProject } from "../projects/find-project.ts";
import { cleanFileName } from "./file-name.ts";

/** What a browser says of a file before it sends it to Blob. The id is the browser's, so that it can ask for it. */
export const newUploadSchema = z.object({
  uploadId: z.string().regex(/^upl_[0-9a-f]{32}$/, "An upload's id is upl_ and 32 hex digits."),
  project: z.string().min(1),
  name: z.string().min(1).max(1_000),
});

export type NewUpload = z.infer<typeof newUploadSchema>;

/**
 * Records that a browser is about to send a file to `pathname`. Safe to repeat while the upload is under way.
 * @throws WaybillError project_not_found, or malformed_request when the id or the pathname is another upload's
 */
export async function beginUpload(
  ctx: DbContext,
  input: NewUpload & { pathname: string; inParts: boolean },
): Promise<void> {
  const { uploadId, pathname } = input;
  const project = await findProject(ctx, input.project);
  if (!pathname.startsWith(`uploads/${uploadId}/`)) {
    throw new WaybillError("malformed_request", {
      details: { pathname: `must begin with uploads/${uploadId}/` },
    });
  }
  const inserted = await ctx.db
    .insert(uploads)
    .values({
      id: uploadId,
      projectId: project.id,
      name: cleanFileName(input.name),
      pathname,
      inParts: input.inParts,
      state: "pending",
      createdAt: ctx.clock.now(),
    })
    .onConflictDoNothing()
    .returning({ id: uploads.id });
  if (inserted.length > 0) return;
  const [known] = await ctx.db
    .select({ state: uploads.state, pathname: uploads.pathname, projectId: uploads.projectId })
    .from(uploads)
    .where(eq(uploads.id, uploadId));
  const same = known?.state === "pending" && known.pathname === pathname && known.projectId === project.id;
  if (!same) throw new WaybillError("malformed_request", { details: { uploadId: "is in use" } });
}
