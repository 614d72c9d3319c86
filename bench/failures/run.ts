import { performance } from "node:perf_hooks";
import { largestGroup, seedFailures } from "../../tests/support/seed-failures.ts";
import { processorMsOfTree } from "../processor-time.ts";
import { figure, heading, quantile } from "../report.ts";
import { type ServedApi, serveApi } from "../served-api.ts";
import { openStore } from "../store.ts";

const failureCount = 100_000;
const rounds = 200;
/** The first ones warm the connection and the code. */
const warmUps = 5;
const goalMs = 100;

/** What each view asks of the API, by name. */
const lists: Readonly<Record<string, string>> = {
  "groups, as the page opens": "failures?state=open&state=regressed&limit=50",
  "groups, most files first": "failures?sort=files&limit=50",
  "groups, most wasted first": "failures?sort=wasted&limit=50",
  "groups by words": "failures?q=kind+19&limit=50",
  "groups of a code": "failures?code=provider_3&limit=50",
  "groups of a project": "failures?project=p2&limit=50",
  "groups of a rare project": "failures?project=p-rare&limit=50",
};
const group = `failures/${largestGroup}`;
const views: Readonly<Record<string, string>> = {
  "one group of 50,000 failures": group,
  "its files": `${group}/files?standing=true&limit=50`,
  "its files of a type": `${group}/files?attribute=type&value=text%2Fplain&limit=50`,
  "its files of a graph version": `${group}/files?attribute=graph&value=1&limit=50`,
  "its notes": `${group}/notes?limit=100`,
  "a group of few failures": "failures/group_77",
};
/** What looks at all of a group, or at thousands of files, and only when it is asked to. */
const onDemand: Readonly<Record<string, string>> = {
  "its files of a rare project": `${group}/files?attribute=project&value=p-rare&limit=50`,
  "what its files have in common": `${group}/common`,
  "what a split of it would move": `${group}/split?contains=file+7`,
};

/** What the server does for the pages of failures, with a hundred thousand failures in two thousand groups. */
export async function benchFailures(): Promise<void> {
  heading("Failures");
  const store = await openStore();
  try {
    const database = await store.create("failures");
    const startedMs = performance.now();
    await seedFailures(database.db, failureCount);
    figure(
      `${failureCount} failures with their files, groups and sums`,
      (performance.now() - startedMs) / 1000,
      "s",
    );
    await database.close();
    const api = await serveApi(store, "failures");
    await measure(api, "the list", lists);
    await measure(api, "a group", views);
    await measure(api, "on demand", onDemand);
    await api.close();
  } finally {
    await store.remove();
  }
}

async function measure(api: ServedApi, what: string, asked: Readonly<Record<string, string>>): Promise<void> {
  const all: number[] = [];
  const before = await processorMsOfTree(process.pid);
  for (const [name, path] of Object.entries(asked)) {
    const seen: number[] = [];
    for (let round = -warmUps; round < rounds; round += 1) {
      const ms = await api.read(path);
      if (round >= 0) seen.push(ms);
    }
    figure(`  ${name}, p50`, quantile(seen), "ms");
    figure(`  ${name}, p95`, quantile(seen, 0.95), "ms", { name: "goal", value: goalMs });
    all.push(...seen);
  }
  const requests = Object.keys(asked).length * (rounds + warmUps);
  figure(`${what}, p95 of all`, quantile(all, 0.95), "ms", { name: "goal", value: goalMs });
  figure(
    `${what}, processor time a request, Postgres included`,
    ((await processorMsOfTree(process.pid)) - before) / requests,
    "ms",
  );
}
