import { eq } from "drizzle-orm";
import { files } from "../../db/schema/files.ts";
import { attr, spanNames } from "../../telemetry/names.ts";
import { identifyDocument } from "../documents/identify-document.ts";
import { inspectDocument } from "../documents/inspect-document.ts";
import { planPageRanges } from "../documents/page-ranges.ts";
import type { StepOutcome, StepWork } from "../step-work.ts";
import { rejected } from "./rejected.ts";

/** Looks at the original: type by content, pages, outline, metadata; plans the page ranges to extract. */
export const inspect: StepWork = async (ctx, task) => {
  const path = await ctx.originals.local(task.span, task.run);
  const identified = await identifyDocument({ path, name: task.run.fileName });
  if (identified.kind === "rejected") return rejected(identified);

  const { mediaType } = identified;
  const inspected = await task.span.child(spanNames.readDocument, {}, () =>
    inspectDocument(ctx.documents, { path, mediaType }),
  );
  if (inspected.kind === "rejected") return rejected(inspected);
  task.span.set({ [attr.pages]: inspected.pages ?? 1, [attr.bytes]: inspected.bytes });
  return done(task.run.fileId, inspected, mediaType, planPageRanges(inspected.pages));
};

function done(
  fileId: string,
  inspected: {
    pages: number | null;
    outline: readonly unknown[];
    metadata: Readonly<Record<string, string>>;
  },
  mediaType: string,
  ranges: readonly { firstPage: number; lastPage: number }[],
): StepOutcome {
  const { pages, outline, metadata } = inspected;
  return {
    kind: "done",
    result: { mediaType, pages, ranges: ranges.length, outline, metadata },
    plan: { extract: ranges.map((range) => ({ ...range, mediaType })) },
    write: async (tx) => {
      await tx.update(files).set({ pages, mediaType }).where(eq(files.id, fileId));
    },
  };
}
