import type { JobsContext } from "../jobs/context.ts";
import type { BlobStore } from "../providers/blob.ts";
import type { Gateway } from "../providers/gateway.ts";
import type { VectorIndex } from "../providers/vector.ts";
import type { DocumentPool } from "./documents/document-pool.ts";
import type { Originals } from "./originals.ts";

/** What the pipeline needs of the outside world. */
export interface PipelineContext extends JobsContext {
  readonly blob: BlobStore;
  readonly gateway: Gateway;
  readonly vector: VectorIndex;
  readonly documents: DocumentPool;
  readonly originals: Originals;
  readonly embedding: { readonly model: string; readonly dimensions: number };
}
