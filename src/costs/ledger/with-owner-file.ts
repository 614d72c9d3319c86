import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { runs } from "../../db/schema/runs.ts";
import { attempts } from "../../db/schema/steps.ts";
import type { LedgerFilter } from "./ledger-filter.ts";

/**
 * A filter by run or attempt, with the file that it belongs to: the ledger is indexed by files. A run or attempt
 * that does not exist has a file that does not exist.
 */
export async function withOwnerFile(db: Db, filter: LedgerFilter): Promise<LedgerFilter> {
  if (filter.fileId !== undefined || (filter.runId === undefined && filter.attemptId === undefined))
    return filter;
  return { ...filter, fileId: (await ownerOf(db, filter)) ?? "none" };
}

async function ownerOf(db: Db, { runId, attemptId }: LedgerFilter): Promise<string | undefined> {
  if (runId !== undefined) {
    const [run] = await db.select({ fileId: runs.fileId }).from(runs).where(eq(runs.id, runId));
    return run?.fileId;
  }
  const [attempt] = await db
    .select({ fileId: runs.fileId })
    .from(attempts)
    .innerJoin(runs, eq(runs.id, attempts.runId))
    .where(eq(attempts.id, attemptId ?? ""));
  return attempt?.fileId;
}
