import type { Pool } from "pg";
import type { Clock } from "../../kernel/clock.ts";
import { createTextEmbedder, type TextEmbedder } from "./embedding/embed-text.ts";
import type { IndexSettings } from "./index-settings.ts";
import { createResumableQueries, type ResumableQueries } from "./resumable-queries.ts";
import { createVectorStore, type VectorStore } from "./store.ts";

/** One index at work. */
export interface OpenIndex {
  readonly settings: IndexSettings;
  readonly store: VectorStore;
  readonly embedder: TextEmbedder;
  readonly resumable: ResumableQueries;
}

/** An index over the schema `vector` of a database; `store.load` brings its records into memory. */
export function openIndex(options: { pool: Pool; clock: Clock; settings: IndexSettings }): OpenIndex {
  const { pool, clock, settings } = options;
  return {
    settings,
    store: createVectorStore(pool, settings),
    embedder: createTextEmbedder(settings),
    resumable: createResumableQueries(clock),
  };
}
