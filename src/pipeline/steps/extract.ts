import { z } from "zod";
import { countRows } from "../../costs/count-rows.ts";
import { attr, spanNames } from "../../telemetry/names.ts";
import type { PageBlocks } from "../documents/block.ts";
import { extractRange } from "../documents/extract-range.ts";
import { mediaTypes } from "../documents/media-type.ts";
import type { StepWork } from "../step-work.ts";
import { localOriginal } from "./local-original.ts";
import { writePages } from "./page-rows.ts";
import { rejected } from "./rejected.ts";

const inputSchema = z.object({
  firstPage: z.number().int().positive(),
  lastPage: z.number().int().positive(),
  mediaType: z.enum(mediaTypes),
});

/** Takes text and structure out of one range of pages, in a worker thread. */
export const extract: StepWork = async (ctx, task) => {
  const { mediaType, ...range } = inputSchema.parse(task.input);
  const path = await localOriginal(ctx, task);
  const attributes = { [attr.pages]: range.lastPage - range.firstPage + 1 };
  const extracted = await task.span.child(spanNames.readDocument, { attributes }, () =>
    extractRange(ctx.documents, { path, mediaType, range }),
  );
  if (extracted.kind === "rejected") return rejected(extracted);
  const { pages } = extracted;
  countRows(task.meter, pages.length);
  return {
    kind: "done",
    result: { ...range, blocks: countBlocks(pages) },
    write: (tx) => writePages(tx, task.run.runId, pages),
  };
};

function countBlocks(pages: readonly PageBlocks[]): number {
  return pages.reduce((sum, page) => sum + page.blocks.length, 0);
}
