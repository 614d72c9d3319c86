import { z } from "zod";
import type { PageBlocks } from "./block.ts";
import { mediaTypes } from "./media-type.ts";
import type { DocumentFacts } from "./open-document.ts";
import type { DocumentRejection } from "./rejection.ts";

const source = { path: z.string(), mediaType: z.enum(mediaTypes) };

/** What a worker is asked to do with one file. */
export const documentTask = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("inspect"), ...source }),
  z.object({
    kind: z.literal("extract"),
    ...source,
    range: z.object({ firstPage: z.int().positive(), lastPage: z.int().positive() }),
  }),
]);

/** What a worker is asked to do with one file. */
export type DocumentTask = z.output<typeof documentTask>;

/** What inspection found. */
export interface InspectedDocument extends DocumentFacts {
  readonly kind: "inspected";
  /** Size of the file. */
  readonly bytes: number;
}

/** The text of one page range. */
export interface ExtractedRange {
  readonly kind: "extracted";
  readonly pages: readonly PageBlocks[];
}

/** What came of a task. */
export type DocumentResult = InspectedDocument | ExtractedRange | DocumentRejection;

/** A fault of ours, told from a rejection of the document. */
export interface WorkerFault {
  readonly kind: "fault";
  readonly message: string;
}

/** A worker's answer. `spent`: its memory has grown so far, or is in such a state, that it should be replaced. */
export interface WorkerReply {
  readonly result: DocumentResult | WorkerFault;
  readonly spent: boolean;
}

/** What a worker is started with. */
export interface WorkerSettings {
  readonly memoryLimitBytes: number;
}
