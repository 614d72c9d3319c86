import type { JobsContext } from "../../jobs/context.ts";

/** A stored original that is to be ingested. */
export interface NewFile {
  readonly project: {
    readonly id: string;
    readonly slug: string;
    readonly chunkMaxTokens: number;
    readonly chunkOverlapTokens: number;
  };
  readonly name: string;
  readonly contentHash: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly blobUrl: string;
  /** When the upload began: the trace starts there. */
  readonly receivedAt: Date;
  /** When it was written into Blob; left out where the browser has done that itself. */
  readonly stored?: { readonly from: Date; readonly until: Date };
  /** Whether it was written in parts. */
  readonly inParts?: boolean;
}

/** What accepting a file needs of the outside world. */
export interface AcceptContext extends JobsContext {
  readonly embedding: { readonly model: string; readonly dimensions: number };
}
