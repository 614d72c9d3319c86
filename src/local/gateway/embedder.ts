import Tinypool from "tinypool";
import type { Embedded } from "./embedding-thread.ts";

/** Embeds texts on threads. */
export interface Embedder {
  embed(texts: readonly string[]): Promise<Embedded>;
  close(): Promise<void>;
}

/** Two threads at most: embedding must not starve the worker that reads documents. */
const maxThreads = 2;

/** A pool whose first thread starts with the first call, and which keeps one warm. */
export function createEmbedder(): Embedder {
  const pool = new Tinypool({
    filename: new URL("./embedding-thread.ts", import.meta.url).href,
    minThreads: 1,
    maxThreads,
    idleTimeout: 30_000,
  });
  return {
    embed: (texts): Promise<Embedded> => pool.run(texts),
    close: () => pool.destroy(),
  };
}
