import { blobRead, blobWritten } from "../../costs/blob-spent.ts";
import type { NewEntry, Spent } from "../../costs/ledger/record-entries.ts";
import { recordSpending } from "../../costs/ledger/record-spending.ts";
import type { DbContext } from "../../db/context.ts";
import type { WasteKind } from "../../db/waste-kinds.ts";
import { deriveId, newTraceId } from "../../kernel/ids.ts";

/** To whom an upload is put down. */
interface UploadOwner {
  readonly projectId: string;
  readonly fileId: string | null;
  readonly runId: string | null;
}

/** The entry of an original's writing into Blob. @param id names the writing: the same is put down once */
export function writtenEntry(
  owner: UploadOwner,
  written: { readonly id: string; readonly bytes: number; readonly inParts: boolean },
  at: Date,
): NewEntry {
  return entry(owner, blobWritten(written.bytes, written), deriveId("entry", written.id, "blob-put"), at);
}

/** Puts down the writing of what then was refused, or was there already. */
export async function recordRefusedWrite(
  ctx: DbContext,
  owner: UploadOwner,
  written: { readonly id: string; readonly bytes: number; readonly inParts: boolean },
): Promise<void> {
  const waste: WasteKind = "refused-upload";
  const refused = { ...writtenEntry(owner, written, ctx.clock.now()), waste };
  await recordSpending(ctx, [refused]);
}

/**
 * Puts down a reading of a blob outside a step: each one that happens.
 * @param usable whether what was read was of any use
 */
export async function recordBlobRead(
  ctx: DbContext,
  owner: UploadOwner & { readonly step: "upload" | "picture" },
  bytes: number,
  usable: boolean,
): Promise<void> {
  const waste: { waste?: WasteKind } = usable ? {} : { waste: "refused-upload" };
  if (bytes === 0) return;
  const reading = newTraceId();
  const entries = blobRead(bytes).map((spent) => ({
    ...entry(owner, spent, deriveId("entry", reading, spent.meter), ctx.clock.now()),
    ...waste,
    step: owner.step,
  }));
  await recordSpending(ctx, entries);
}

function entry({ projectId, fileId, runId }: UploadOwner, spent: Spent, id: string, at: Date): NewEntry {
  return {
    ...spent,
    ...{ id, projectId, fileId, runId, at },
    stepId: null,
    step: "upload",
    attemptId: null,
    estimated: false,
  };
}
