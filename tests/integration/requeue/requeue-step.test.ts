import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { files } from "../../../src/db/schema/files.ts";
import { runs } from "../../../src/db/schema/runs.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { attemptsOf, gatewayAnswers, startTriage, storedSpan, vectorsOf } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
});
afterAll(() => stack.close());

/** Chunks of this size make several of a section. */
const small = { chunkMaxTokens: 40, chunkOverlapTokens: 0 };
const usual = { chunkMaxTokens: 512, chunkOverlapTokens: 48 };

/** A document of many sections: cut small, a hundred of them take more than one batch. */
function document(name: string, sections: number): string {
  return Array.from(
    { length: sections },
    (_, at) => `# Section ${at} of ${name}\n\n${`Words about ${name} ${at}. `.repeat(16)}`,
  ).join("\n\n");
}

async function ingested(name: string, sections = 3, settings = usual) {
  const project = { ...stack.project, ...settings };
  const uploaded = await upload({ ...stack, project }, name, document(name, sections));
  expect(await ended(stack, uploaded.fileId, 30_000)).toMatchObject({ status: "succeeded" });
  return uploaded;
}

async function chunkIdsOf(fileId: string): Promise<string[]> {
  const { rows } = await stack.database.db.execute(
    sql`select chunks.id from chunks join runs on runs.id = run_id where file_id = ${fileId} order by chunks.id`,
  );
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

/** Lets a run cut its chunks otherwise when it is done again. */
async function cutOtherwise(runId: string, settings: typeof usual): Promise<void> {
  await stack.database.db
    .update(runs)
    .set({ settings: sql`settings || ${JSON.stringify(settings)}::jsonb` })
    .where(eq(runs.id, runId));
}

describe("a requeue from a named step", () => {
  it("does that step and all after it again, in the same run, on what the steps before left", async () => {
    const { fileId, runId } = await ingested("again.md");
    const before = await vectorsOf(stack, fileId);
    expect(await triage.requeue(fileId, "chunk")).toMatchObject({ runId, run: 1, round: 2 });
    expect(await ended(stack, fileId, 30_000)).toMatchObject({ status: "succeeded", runCount: 1 });
    const tried = (await attemptsOf(stack, runId)).map(({ round, number }) => `${number} in ${round}`);
    expect(tried.toSorted()).toEqual([...Array(6).fill("1 in 1"), ...Array(4).fill("2 in 2")]);
    expect(await vectorsOf(stack, fileId)).toEqual(before);
  }, 60_000);

  it("replaces chunks and vectors when the result is another, and drops batches that are no more", async () => {
    const { fileId, runId } = await ingested("fewer.md", 100, small);
    const before = await vectorsOf(stack, fileId);
    expect((await stepsOf(stack, runId)).filter(({ name }) => name === "embed")).toHaveLength(2);
    await cutOtherwise(runId, usual);
    await triage.requeue(fileId, "chunk");
    const file = await ended(stack, fileId, 30_000);
    expect(file).toMatchObject({ status: "succeeded" });
    const after = await chunkIdsOf(fileId);
    expect(after).toHaveLength(file.chunkCount ?? 0);
    expect(after.length).toBeLessThan(before.length);
    expect(await vectorsOf(stack, fileId)).toEqual(after);
    const found = await stepsOf(stack, runId);
    const retired = found.filter((step) => step.retired);
    expect(retired.map(({ name, shard, state }) => `${name} ${shard} ${state}`).sort()).toEqual([
      "embed 1 cancelled",
      "index 1 cancelled",
    ]);
    expect(found.filter((step) => !step.retired && step.state !== "succeeded")).toEqual([]);
  }, 60_000);

  it("adds batches that were not there before, each vector once", async () => {
    const { fileId, runId } = await ingested("more.md", 100, small);
    await cutOtherwise(runId, usual);
    await triage.requeue(fileId, "chunk");
    await ended(stack, fileId, 30_000);
    await cutOtherwise(runId, small);
    expect(await triage.requeue(fileId, "inspect")).toMatchObject({ round: 3 });
    expect(await ended(stack, fileId, 30_000)).toMatchObject({ status: "succeeded" });
    expect((await stepsOf(stack, runId)).filter((step) => step.retired)).toEqual([]);
    expect(await vectorsOf(stack, fileId)).toEqual(await chunkIdsOf(fileId));
    const { rows } = await stack.database.db.execute(
      sql`select * from replaced_chunks where run_id = ${runId}`,
    );
    expect(rows).toEqual([]);
  }, 90_000);

  it("that fails in its round goes on from there in the next, with the steps that the failed one plans", async () => {
    const { fileId, runId } = await ingested("failed-again.md");
    await stack.database.db.execute(sql`delete from embeddings`);
    await gatewayAnswers(stack, 401, 1);
    await triage.requeue(fileId, "chunk");
    expect(await ended(stack, fileId, 30_000)).toMatchObject({ status: "failed", failedStep: "embed" });
    expect(await triage.requeue(fileId, "failed")).toEqual({ runId, run: 1, round: 3, steps: 3 });
    expect(await ended(stack, fileId, 30_000)).toMatchObject({ status: "succeeded" });
    expect(await vectorsOf(stack, fileId)).toEqual(await chunkIdsOf(fileId));
  });

  it("links its requeue to the attempts that it does again, when nothing had failed", async () => {
    const { fileId, runId } = await ingested("linked.md");
    const [embedded] = (await attemptsOf(stack, runId)).slice(3, 4);
    await triage.requeue(fileId, "embed");
    await ended(stack, fileId, 30_000);
    const requeue = await storedSpan(stack, runId, "requeue");
    expect(requeue.links).toMatchObject([{ spanId: embedded?.spanId }]);
  });
});

describe("a requeue from the start", () => {
  it("is a new run of a new trace, whose root is linked to the root before", async () => {
    const { fileId, runId } = await ingested("anew.md");
    const before = await vectorsOf(stack, fileId);
    const answer = await triage.requeue(fileId, "start");
    expect(answer).toMatchObject({ run: 2, round: 1, steps: 1 });
    expect(await ended(stack, fileId, 30_000)).toMatchObject({
      status: "succeeded",
      runCount: 2,
      latestRunId: answer.runId,
      currentRunId: answer.runId,
    });
    const [first, second] = await stack.database.db
      .select()
      .from(runs)
      .where(eq(runs.fileId, fileId))
      .orderBy(runs.number);
    expect(first).toMatchObject({ id: runId, status: "succeeded" });
    expect(second?.traceId).not.toBe(first?.traceId);
    const root = await storedSpan(stack, answer.runId, "ingest");
    expect(root).toMatchObject({ spanId: second?.rootSpanId, traceId: second?.traceId });
    expect(root.links).toMatchObject([{ traceId: first?.traceId, spanId: first?.rootSpanId }]);
    const requeue = await storedSpan(stack, answer.runId, "requeue");
    expect(requeue).toMatchObject({ traceId: second?.traceId, parentSpanId: second?.rootSpanId });
    expect(await vectorsOf(stack, fileId)).toEqual(before);
    expect(await chunkIdsOf(fileId)).toEqual(before);
  });

  it("removes the vectors that the new run no longer has, once", async () => {
    const { fileId } = await ingested("shrunk.md", 10, small);
    const before = await vectorsOf(stack, fileId);
    await triage.requeue(fileId, "start");
    await ended(stack, fileId, 30_000);
    const after = await vectorsOf(stack, fileId);
    expect(after.length).toBeLessThan(before.length);
    expect(await chunkIdsOf(fileId)).toEqual(after);
    const { runId } = await triage.requeue(fileId, "start");
    await ended(stack, fileId, 30_000);
    const [finalize] = (await stepsOf(stack, runId)).filter(({ name }) => name === "finalize");
    expect(finalize?.result).toEqual({ removedVectors: 0 });
    expect(await vectorsOf(stack, fileId)).toEqual(after);
  });
});

describe("a requeue is refused", () => {
  it("for a step that the run's graph does not have, or that the run has not reached", async () => {
    await gatewayAnswers(stack, 401, 1);
    const { fileId } = await upload(stack, "unreached.md", document("unreached.md", 1));
    expect(await ended(stack, fileId, 30_000)).toMatchObject({ status: "failed" });
    expect(await triage.refusal(fileId, "translate")).toBe("step_unknown");
    expect(await triage.refusal(fileId, "index")).toBe("step_not_reached");
    expect(await triage.refusal(fileId, "finalize")).toBe("step_not_reached");
    expect(await triage.audit(fileId)).toEqual([]);
  });

  it("while the file is on its way, and while a step of a failed run is still at work", async () => {
    const { fileId, runId } = await ingested("busy.md");
    const { db } = stack.database;
    const set = { state: "running" as const, leaseExpiresAt: new Date(Date.now() + 60_000) };
    await db.update(steps).set(set).where(sql`run_id = ${runId} and name = 'index'`);
    for (const from of ["failed", "start", "chunk"])
      expect(await triage.refusal(fileId, from)).toBe("file_in_progress");
    await db.update(runs).set({ status: "held", finishedAt: null }).where(eq(runs.id, runId));
    await db.update(files).set({ status: "held", finishedAt: null }).where(eq(files.id, fileId));
    for (const from of ["failed", "start", "chunk"])
      expect(await triage.refusal(fileId, from)).toBe("file_in_progress");
    expect(await triage.audit(fileId)).toEqual([]);
  });

  it("for a file that is not there, and for a body that cannot be read", async () => {
    expect(await triage.refusal("file_none", "failed")).toBe("file_not_found");
    expect((await triage.post("file_none", { from: "" })).status).toBe(400);
    expect((await triage.post("file_none", { from: "failed", more: 1 })).status).toBe(400);
  });
});
