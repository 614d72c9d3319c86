import { open } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { files } from "../../db/schema/files.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { attr, spanNames } from "../../telemetry/names.ts";
import { planPageRanges } from "../documents/page-ranges.ts";
import { type SniffResult, sniffBytes, sniffMediaType } from "../documents/sniff.ts";
import type { StepOutcome, StepWork } from "../step-work.ts";

/** Looks at the original: type by content, pages, outline, metadata; plans the page ranges to extract. */
export const inspect: StepWork = async (ctx, task) => {
  const path = await ctx.originals.local(task.span, task.run);
  const sniffed = await sniffMediaType(await readHead(path), task.run.fileName);
  if (sniffed.kind !== "supported") return { kind: "reject", error: refusal(sniffed) };

  const { mediaType } = sniffed;
  const inspected = await task.span.child(spanNames.readDocument, {}, () =>
    ctx.documents.run({ kind: "inspect", path, mediaType }),
  );
  if (inspected.kind === "rejected") {
    return { kind: "reject", error: new WaybillError(inspected.code, { details: inspected.details }) };
  }
  if (inspected.kind !== "inspected") throw new TypeError("The document pool answered another task.");
  task.span.set({ [attr.pages]: inspected.pages ?? 1, [attr.bytes]: inspected.bytes });
  const ranges = planPageRanges(inspected.pages);
  return done(task.run.fileId, inspected, mediaType, ranges);
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

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function refusal(sniffed: Exclude<SniffResult, { kind: "supported" }>): WaybillError {
  switch (sniffed.kind) {
    case "empty":
      return new WaybillError("document_empty");
    case "mismatch":
      return new WaybillError("document_type_mismatch", {
        details: { claimed: sniffed.claimed, found: sniffed.mediaType },
      });
    case "unsupported":
      return new WaybillError("document_unsupported", { details: { found: sniffed.detected } });
  }
}
