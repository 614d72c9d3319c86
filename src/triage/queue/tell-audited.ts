import { findRepeated } from "../find-repeated.ts";
import { type Change, recordAudit } from "../record-audit.ts";
import type { QueueContext } from "./context.ts";

/** A change of how QStash delivers. */
export type QueueChange = Omit<Change, "fileId"> & {
  /** Tells QStash; twice is the same as once. */
  readonly tell: () => Promise<void>;
};

/**
 * Tells QStash something and puts it into the audit log. QStash is told within the transaction: what it refuses is not
 * in the log; should the process die before the commit, the same request does it again, and then it is.
 * @throws WaybillError provider_* when QStash refuses, idempotency_key_reused
 */
export async function tellAudited(ctx: QueueContext, { tell, ...change }: QueueChange): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if ((await findRepeated(tx, change)) !== undefined) return;
    await recordAudit(tx, { ...change, fileId: null }, ctx.clock.now());
    await tell();
  });
  ctx.queueReader.forget();
}
