import { eq } from "drizzle-orm";
import { blobRead } from "../../costs/blob-spent.ts";
import { files } from "../../db/schema/files.ts";
import { attr, spanNames } from "../../telemetry/names.ts";
import { identifyDocument } from "../documents/identify-document.ts";
import { inspectDocument } from "../documents/inspect-document.ts";
import { planPageRanges } from "../documents/page-ranges.ts";
import type { StepOutcome, StepWork } from "../step-work.ts";
import { localOriginal } from "./local-original.ts";
import { clearPages } from "./page-rows.ts";
import { rejected } from "./rejected.ts";

/** Looks at the original: type by content, pages, outline, metadata; plans the page ranges to extract. */
export const inspect: StepWork = async (ctx, task) => {
  const path = await localOriginal(ctx, task);
  const identified = await identifyDocument({ path, name: task.run.fileName });
  if (identified.kind === "rejected") return rejected(identified);

  const { mediaType } = identified;
  const inspected = await task.span.child(spanNames.readDocument, {}, () =>
    inspectDocument(ctx.documents, { path, mediaType }),
  );
  if (inspected.kind === "rejected") return rejected(inspected);
  task.span.set({ [attr.pages]: inspected.pages ?? 1, [attr.bytes]: inspected.bytes });
  return done(task.run, inspected, mediaType, planPageRanges(inspected.pages));
};

function done(
  run: { readonly fileId: string; readonly runId: string; readonly bytes: number },
  inspected: {
    pages: number | null;
    outline: readonly unknown[];
  },
  mediaType: string,
  ranges: readonly { firstPage: number; lastPage: number }[],
): StepOutcome {
  const { pages, outline } = inspected;
  return {
    kind: "done",
    // Neither the outline's titles nor the metadata: a document's text is kept with its pages alone.
    result: { mediaType, pages, ranges: ranges.length, outlineEntries: outline.length },
    plan: { extract: ranges.map((range) => ({ ...range, mediaType })) },
    // Each range may be read on a machine that does not have the original yet.
    estimates: { extract: ranges.map(() => blobRead(run.bytes)) },
    write: async (tx) => {
      await clearPages(tx, run.runId);
      await tx.update(files).set({ pages, mediaType }).where(eq(files.id, run.fileId));
    },
  };
}
