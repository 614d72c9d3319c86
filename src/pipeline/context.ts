import type { Leases } from "../costs/budgets/leases.ts";
import type { JobsContext } from "../jobs/context.ts";
import type { BlobStore } from "../providers/blob.ts";
import type { DeadLetterQueue } from "../providers/dead-letters.ts";
import type { Gateway } from "../providers/gateway.ts";
import type { MessageLog } from "../providers/message-log.ts";
import type { QueueControls } from "../providers/queue/queue-controls.ts";
import type { QueueReader } from "../providers/queue/queue-reader.ts";
import type { VectorIndex } from "../providers/vector.ts";
import type { DocumentPool } from "./documents/document-pool.ts";
import type { Originals } from "./originals.ts";

/** What the pipeline needs of the outside world. */
export interface PipelineContext extends JobsContext {
  readonly blob: BlobStore;
  /** The money that this process has leased for what it buys without a step. */
  readonly leases: Leases;
  readonly gateway: Gateway;
  readonly vector: VectorIndex;
  readonly messageLog: MessageLog;
  readonly deadLetters: DeadLetterQueue;
  /** What QStash says to those who look. */
  readonly queueReader: QueueReader;
  /** What people tell QStash about how it delivers. */
  readonly queueControls: QueueControls;
  readonly documents: DocumentPool;
  /** Draws pages for readers: apart from `documents`, so that looking at a file never holds up an ingestion. */
  readonly pictures: DocumentPool;
  readonly originals: Originals;
  readonly embedding: { readonly model: string; readonly dimensions: number };
}
