import type { PageBlocks } from "./block.ts";
import type { MediaType } from "./media-type.ts";
import type { DocumentFacts } from "./open-document.ts";
import type { PageRange } from "./page-ranges.ts";
import type { DocumentRejection } from "./rejection.ts";

/** What a worker is asked to do with one file. */
export type DocumentTask =
  | { readonly kind: "inspect"; readonly path: string; readonly mediaType: MediaType }
  | {
      readonly kind: "extract";
      readonly path: string;
      readonly mediaType: MediaType;
      readonly range: PageRange;
    }
  | {
      readonly kind: "picture";
      readonly path: string;
      readonly mediaType: MediaType;
      /** From 1. */
      readonly page: number;
    };

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

/** A page as it looks. */
export interface DrawnPage {
  readonly kind: "drawn";
  /** Null where the format has no pictures, or the document has no such page. */
  readonly png: Uint8Array | null;
}

/** What came of a task. */
export type DocumentResult = InspectedDocument | ExtractedRange | DrawnPage | DocumentRejection;

/** A fault of ours, told from a rejection of the document. */
interface WorkerFault {
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
