import { eq } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { files } from "../../db/schema/files.ts";
import { WaybillError } from "../../kernel/errors.ts";

/** For lists under a file, which would otherwise be empty for an unknown id. @throws WaybillError file_not_found */
export async function requireFile({ db }: Pick<DbContext, "db">, fileId: string): Promise<void> {
  const found = await db.select({ id: files.id }).from(files).where(eq(files.id, fileId));
  if (found.length === 0) throw new WaybillError("file_not_found", { details: { fileId } });
}
