import { performance } from "node:perf_hooks";
import pg from "pg";
import { z } from "zod";
import { ensureAdminKey } from "../../src/access/ensure-admin-key.ts";
import { seedPriceBook } from "../../src/costs/prices/seed-price-book.ts";
import { requeues } from "../../src/db/schema/requeues.ts";
import { createAdjustableClock } from "../../src/kernel/clock.ts";
import { readEnv } from "../../src/kernel/env.ts";
import { createLog } from "../../src/kernel/log.ts";
import { listen } from "../../src/local/kit/listen.ts";
import { createVector } from "../../src/local/vector/create-vector.ts";
import { createProject } from "../../src/pipeline/projects/create-project.ts";
import { findProject } from "../../src/pipeline/projects/find-project.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";
import { makePlan } from "../../src/triage/plans/make-plan.ts";
import { planRequestSchema } from "../../src/triage/plans/plan-view.ts";
import { executePlan } from "../../src/triage/requeues/execute-plan.ts";
import { getRequeue } from "../../src/triage/requeues/get-requeue.ts";
import { takeTurn } from "../../src/triage/requeues/take-turn.ts";
import { seededGroup, seedFailedFiles } from "../../tests/support/seed-failed-files.ts";
import { startChild } from "../child.ts";
import { startNoOpDestination } from "../qstash/destination.ts";
import { figure, heading, quantile } from "../report.ts";
import { openStore } from "../store.ts";

const fileCount = 10_000;
const planRounds = 5;
const secret = "a-secret-of-the-benchmark-that-is-long-enough";

/**
 * A plan of ten thousand failed files, and its requeue until QStash has confirmed the message of each: by the real
 * client against the local QStash in a process of its own, whose deliveries somebody answers who does no work.
 */
export async function benchRequeues(): Promise<void> {
  heading(`Requeue of ${fileCount} files`);
  const store = await openStore();
  const destination = await startNoOpDestination();
  await store.create("qstash");
  await store.create("vector");
  const database = (name: string) => store.variables(name).DATABASE_URL;
  const qstash = await startChild(
    "qstash/qstash-process.ts",
    [database("qstash"), secret, "10"],
    z.object({ url: z.string() }),
  );
  const vector = await serveVector(database("vector"));
  await (await store.create("product")).close();
  const runtime = createRuntime(
    readEnv({
      ...store.variables("product"),
      QSTASH_URL: qstash.hello.url,
      QSTASH_TOKEN: secret,
      QSTASH_CURRENT_SIGNING_KEY: secret,
      QSTASH_NEXT_SIGNING_KEY: secret,
      UPSTASH_VECTOR_REST_URL: vector.url,
      UPSTASH_VECTOR_REST_TOKEN: secret,
      AI_GATEWAY_API_KEY: secret,
      BLOB_READ_WRITE_TOKEN: secret,
      WAYBILL_URL: destination.url,
      WAYBILL_API_KEY: secret,
      WAYBILL_SESSION_SECRET: secret,
      WAYBILL_LOG_LEVEL: "error",
    }),
  );
  try {
    await measure(runtime);
  } finally {
    await runtime.close();
    await vector.close();
    await qstash.kill();
    destination.close();
    await store.remove();
  }
}

async function serveVector(connectionString: string) {
  const pool = new pg.Pool({ connectionString });
  const service = createVector({
    pool,
    clock: createAdjustableClock(),
    token: secret,
    log: createLog("error"),
  });
  await service.start();
  const listener = await listen(service.app, 0);
  return {
    url: listener.url,
    async close() {
      await listener.close();
      await service.stop();
      await pool.end();
    },
  };
}

async function measure(runtime: Runtime): Promise<void> {
  await seedPriceBook(runtime);
  await createProject(runtime, { slug: "default" });
  const { id: projectId } = await findProject(runtime, "default");
  await seedFailedFiles(runtime.db, projectId, fileCount);
  const { keyId } = await ensureAdminKey(runtime, secret);
  const actor = { keyId, keyName: "admin", via: "key", userAgent: null, addressHash: null } as const;
  const request = planRequestSchema.parse({
    selection: { kind: "group", group: seededGroup },
    options: { undoSeconds: 0 },
  });
  const plansMs: number[] = [];
  let planId = "";
  for (let round = 0; round < planRounds; round += 1) {
    const startedMs = performance.now();
    planId = (await makePlan(runtime, request, actor)).id;
    plansMs.push(performance.now() - startedMs);
  }
  figure(`a plan of a group, median of ${planRounds}`, quantile(plansMs), "ms", {
    name: "goal",
    value: 2_000,
  });
  const startedMs = performance.now();
  const { requeueId } = await executePlan(runtime, { planId, reason: null, idempotencyKey: null, actor });
  let turns = 0;
  for (;;) {
    const [row] = await runtime.db.select({ turn: requeues.turn }).from(requeues);
    const message = { v: 1, requeueId, turn: row?.turn ?? 1 } as const;
    await takeTurn(runtime, message, { messageId: `msg_${turns}`, retried: 0, sender: undefined });
    turns += 1;
    const { counts, messages } = await getRequeue(runtime, requeueId);
    if (counts.pending > 0) continue;
    figure("sent and confirmed", (performance.now() - startedMs) / 1000, "s", { name: "goal", value: 30 });
    figure("turns for it", turns, "");
    figure("messages that QStash confirmed", messages.sent, "", { name: "files", value: fileCount });
    figure("swallowed as duplicates", messages.swallowed, "");
    break;
  }
  const readMs: number[] = [];
  for (let round = 0; round < planRounds; round += 1) {
    const beganMs = performance.now();
    await getRequeue(runtime, requeueId);
    readMs.push(performance.now() - beganMs);
  }
  figure("its progress, as the page reads it", quantile(readMs), "ms");
}
