import { performance } from "node:perf_hooks";
import { largestGroup } from "../../tests/support/seed-failures.ts";
import { figure, heading, quantile } from "../report.ts";
import { type ServedApi, serveApi } from "../served-api.ts";
import { openStore, type Store } from "../store.ts";
import { type ConsoleSize, seedConsole } from "./seed.ts";

const few: ConsoleSize = { files: 10_000, failures: 1_000 };
const many: ConsoleSize = { files: 1_000_000, failures: 100_000 };
const rounds = 3;
const looks = 40;
/** The first ones of a round warm the connection and the code. */
const warmUps = 5;
const goalMs = 100;

/** What each page asks of the API when it opens, one after the other. */
const pages: Readonly<Record<string, readonly string[]>> = {
  Overview: ["overview"],
  Failures: ["failures?state=open&state=regressed&limit=50", "projects"],
  "a failure": [
    `failures/${largestGroup}`,
    `failures/${largestGroup}/files?standing=true&limit=50`,
    `failures/${largestGroup}/notes?limit=100`,
  ],
  Stuck: ["stuck?limit=50", "projects"],
  Queue: ["queue/counts", "queue/steps?list=in-flight&limit=50", "projects"],
  Files: ["files?limit=50", "projects"],
  "Files that failed": ["files?status=failed&limit=50", "projects"],
  "Files by a part of their name": ["files?q=report-77&limit=50", "projects"],
  "a file": ["files/file_t7", "files/file_t7/time", "files/file_t7/trace?limit=200"],
  Requeues: ["requeues?limit=50"],
  Reconciliation: ["reconciliations?limit=20"],
  Budgets: ["budgets"],
  Providers: ["providers"],
  Pipeline: ["graph-versions?limit=50", "graph-versions/1", "step-figures"],
  Audit: ["audit?limit=50", "audit/actors", "audit/rule", "projects"],
};

/**
 * What the server does for each page with a million files, five million steps, ten million spans and a hundred thousand
 * failures, beside ten thousand files. Rounds alternate, since the machine is not ours alone. Takes about 12 GB of disk.
 */
export async function benchConsole(): Promise<void> {
  heading("Pages of the console");
  const store = await openStore();
  try {
    const small = await seed(store, few);
    const large = await seed(store, many);
    for (const [page, paths] of Object.entries(pages)) await compare(page, paths, { small, large });
    await small.close();
    await large.close();
  } finally {
    await store.remove();
  }
}

async function seed(store: Store, size: ConsoleSize): Promise<ServedApi> {
  const name = `console_${size.files}`;
  const database = await store.create(name);
  const startedMs = performance.now();
  await seedConsole(database.db, size, new Date());
  figure(
    `${size.files} files and what belongs to them, made in`,
    (performance.now() - startedMs) / 60_000,
    "min",
  );
  await database.close();
  return serveApi(store, name);
}

async function compare(
  page: string,
  paths: readonly string[],
  on: { readonly small: ServedApi; readonly large: ServedApi },
): Promise<void> {
  const seen: { small: number[]; large: number[] } = { small: [], large: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const size of ["small", "large"] as const) seen[size].push(...(await lookAt(on[size], paths)));
  }
  const smallMs = quantile(seen.small, 0.95);
  figure(`${page}, 10 thousand files, p95`, smallMs, "ms", { name: "goal", value: goalMs });
  figure(`${page}, 1 million files, p50`, quantile(seen.large), "ms", {
    name: "10 thousand",
    value: quantile(seen.small),
  });
  figure(`${page}, 1 million files, p95`, quantile(seen.large, 0.95), "ms", {
    name: "10 thousand",
    value: smallMs,
  });
}

async function lookAt({ read }: ServedApi, paths: readonly string[]): Promise<number[]> {
  const seen: number[] = [];
  for (let look = -warmUps; look < looks; look += 1) {
    let pageMs = 0;
    for (const path of paths) pageMs += await read(path);
    if (look >= 0) seen.push(pageMs);
  }
  return seen;
}
