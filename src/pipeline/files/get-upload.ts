import { eq } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { uploads } from "../../db/schema/uploads.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { failureOf } from "./failure-of.ts";
import type { UploadView } from "./upload-view.ts";

/** Where a browser's upload stands. @throws WaybillError upload_not_found */
export async function getUpload({ db }: Pick<DbContext, "db">, uploadId: string): Promise<UploadView> {
  const [upload] = await db.select().from(uploads).where(eq(uploads.id, uploadId));
  if (upload === undefined) throw new WaybillError("upload_not_found", { details: { uploadId } });
  const { fileId, runId, traceId } = upload;
  const failure = failureOf(upload.errorCode);
  return {
    id: upload.id,
    name: upload.name,
    state: upload.state,
    file:
      fileId !== null && runId !== null && traceId !== null
        ? { fileId, runId, traceId, duplicate: upload.duplicate === "yes" }
        : null,
    error:
      failure.errorCode === null
        ? null
        : {
            code: failure.errorCode,
            message: failure.errorMessage ?? failure.errorCode,
            details: upload.errorDetails ?? {},
          },
  };
}
