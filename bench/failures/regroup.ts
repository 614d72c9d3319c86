import { performance } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import type { Db } from "../../src/db/client.ts";
import { fileFailure } from "../../src/jobs/failures/file-failure.ts";
import { fingerprintOf } from "../../src/jobs/fingerprint.ts";
import { fingerprinters } from "../../src/jobs/fingerprinters.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { mergeFailures } from "../../src/triage/failures/regroup/merge-failures.ts";
import { splitFailure } from "../../src/triage/failures/regroup/split-failure.ts";
import { largestGroup, seedFailures } from "../../tests/support/seed-failures.ts";
import { figure, heading, quantile } from "../report.ts";
import { openStore } from "../store.ts";

const failureCount = 100_000;
/** The longest that a failure may wait to be filed, in ms. */
const goalMs = 1000;
/** How many file failures at once, of the group that is changed and of another. */
const filers = 4;

/** How long a merge and a split of 50,000 failures take, and how long failures that come meanwhile wait to be filed. */
export async function benchRegroup(): Promise<void> {
  heading("Merge and split of a group of 50,000 failures, while failures come");
  const store = await openStore();
  try {
    const database = await store.create("regroup");
    const { db } = database;
    await seedFailures(db, failureCount);
    await leadTo(db, largestGroup);
    const triage = { db, clock: systemClock };
    const actor = {
      keyId: "key_seed",
      keyName: "somebody",
      via: "key",
      userAgent: null,
      addressHash: null,
    } as const;
    await measure(db, "nothing else", () => new Promise((resolve) => setTimeout(resolve, 3000)));
    await measure(db, "merge", () => mergeFailures(triage, { id: largestGroup, into: "group_1", actor }));
    await measure(db, "split", () => splitFailure(triage, { id: "group_1", contains: "most", actor }));
    await database.close();
  } finally {
    await store.remove();
  }
}

const facts = (kind: number) => ({
  step: "embed",
  code: "internal_error",
  message: "Broken.",
  provider: null,
  status: kind,
});

/** Failures of kind 0 are filed under this group, of which three in five get another sentence. */
async function leadTo(db: Db, group: string): Promise<void> {
  await db.execute(sql`insert into failure_fingerprints (version, fingerprint, group_id, message)
    values (${fingerprinters[0].version}, ${fingerprintOf(facts(0))}, ${group}, 'Broken.')`);
  await db.execute(sql`update failures set message = 'A sentence of most of them.'
    where group_id = ${group} and right(id, 1) in ('2', '6', '0')`);
  await db.execute(sql`vacuum analyze`);
}

let dispatch = 0;

async function measure(db: Db, what: string, work: () => Promise<unknown>): Promise<void> {
  const waits: number[] = [];
  let done = false;
  const filing = Array.from({ length: filers }, async (_, filer) => {
    while (!done) {
      dispatch += 1;
      const file = 10_000 + ((dispatch * filers + filer) % 30_000);
      const run = { runId: `run_${file}`, fileId: `file_${file}`, round: 2, graphVersion: 1 };
      const failed = { run, stepId: `step_x${file}`, dispatch, facts: facts(filer % 2), filedBy: "dpl_0" };
      const startedMs = performance.now();
      await db.transaction((tx) => fileFailure(tx, failed, systemClock.now()));
      waits.push(performance.now() - startedMs);
    }
  });
  const startedMs = performance.now();
  await work();
  figure(what, (performance.now() - startedMs) / 1000, "s");
  done = true;
  await Promise.all(filing);
  figure("  failures filed meanwhile", waits.length, "");
  figure(`  one failure, p50`, quantile(waits), "ms");
  figure(`  one failure, the slowest`, Math.max(...waits), "ms", { name: "goal", value: goalMs });
}
