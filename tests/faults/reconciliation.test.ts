import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { FaultPointName } from "../../src/kernel/fault-point.ts";
import { ended, upload } from "../support/ingest.ts";
import { meddleWithVectors, startReconciling } from "../support/reconciliation.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { startWorker } from "../support/worker.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const files = 3;
const strays = 4;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ WAYBILL_DOCUMENT_THREADS: "1" });
  const worker = await startWorker(stack.variables);
  for (let at = 0; at < files; at += 1) {
    const { fileId } = await upload(stack, `file-${at}.md`, `# File ${at}\n\nThe words of file ${at}.\n`);
    await ended(stack, fileId, 60_000);
  }
  await worker.kill();
  const vector = Array.from({ length: 1536 }, (_, at) => (at === 0 ? 1 : 0));
  const records = Array.from({ length: strays }, (_, at) => ({ id: `chunk_stray${at}`, vector }));
  await meddleWithVectors(stack, "upsert", records);
});
afterAll(() => stack.close());

/** At the page of which stage: the dead letters are the first, the vectors the fourth. */
const moments: [FaultPointName, number][] = [
  ["reconciliation.read", 1],
  ["reconciliation.kept", 1],
  ["reconciliation.kept", 3],
  ["reconciliation.read", 4],
  ["reconciliation.kept", 4],
];

it.each(moments)(
  "a reconciliation whose worker is killed at %s, page %i, goes on there and counts nothing twice",
  async (point, page) => {
    const reconciling = await startReconciling(stack);
    const doomed = await startWorker({
      ...stack.variables,
      WAYBILL_FAULT_POINT: point,
      WAYBILL_FAULT_AFTER: String(page),
    });
    const { id } = await reconciling.begin();
    expect(await doomed.gone).toBe("SIGKILL");
    const healthy = await startWorker(stack.variables);
    // QStash delivers the turn again after its backoff.
    stack.clock.advance(600_000);
    const done = await reconciling.ended(id);
    expect(done.read).toMatchObject({ doneFiles: files, vectors: files + strays });
    const found = done.classes.map(({ class: name, found: count }) => [name, count]);
    expect(found.filter(([, count]) => count !== 0)).toEqual([["vectors-without-owner", strays]]);
    expect(await reconciling.findings(id)).toHaveLength(strays);
    await healthy.kill();
  },
);
