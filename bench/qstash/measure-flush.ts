import { performance } from "node:perf_hooks";
import pg from "pg";
import { quantile } from "../report.ts";

const rounds = 200;

/** How long one insert takes that is flushed to disk, in ms: the least that a durable publish can cost. */
export async function measureFlush(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("CREATE TABLE flushed (n int)");
  const timesMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    await client.query("INSERT INTO flushed VALUES (1)");
    timesMs.push(performance.now() - startedMs);
  }
  await client.end();
  return quantile(timesMs);
}
