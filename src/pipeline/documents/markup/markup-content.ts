import type { UncountedBlock } from "../block.ts";

/** The blocks of a document without pages, and what it says about itself. */
export interface MarkupContent {
  readonly blocks: readonly UncountedBlock[];
  readonly metadata: Record<string, string>;
}
