import { heading } from "../report.ts";
import { openStore } from "../store.ts";
import { benchOverhead } from "./overhead.ts";
import { benchReads } from "./reads.ts";
import { benchWrites } from "./writes.ts";

/** Traces: writing spans, reading a file's page at ten million of them (about 10 GB of disk), and what tracing costs an ingestion. */
export async function benchTrace(): Promise<void> {
  heading("Traces");
  const store = await openStore();
  try {
    await benchWrites(store);
    await benchReads(store);
  } finally {
    await store.remove();
  }
  await benchOverhead();
}
