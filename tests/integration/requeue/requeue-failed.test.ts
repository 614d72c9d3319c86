import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { spentDeadLetters } from "../../../src/db/schema/dead-letters.ts";
import { files } from "../../../src/db/schema/files.ts";
import { runs } from "../../../src/db/schema/runs.ts";
import { ended, stepsOf } from "../../support/ingest.ts";
import {
  attemptsOf,
  deadLetters,
  failedFile,
  gatewayAnswers,
  startTriage,
  storedSpan,
  vectorsOf,
} from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  triage = await startTriage(stack);
});
afterAll(() => stack.close());

/** Resolves once QStash has reported the failed message. */
function deadLetterFiled(runId: string) {
  return vi.waitFor(
    async () => {
      const filed = (await stepsOf(stack, runId)).flatMap((step) => step.dlqId ?? []);
      expect(filed).toHaveLength(1);
      expect(await deadLetters(stack)).toEqual(filed);
    },
    { timeout: 10_000, interval: 25 },
  );
}

const sumsSchema = z.object({ file: z.string(), run: z.string(), steps: z.string(), entries: z.string() });

describe("a file that is requeued from its failed step", () => {
  let fileId: string;
  let runId: string;
  let answer: Awaited<ReturnType<typeof triage.requeue>>;
  beforeAll(async () => {
    ({ fileId, runId } = await failedFile(stack, "refused.md"));
    answer = await triage.requeue(fileId, "failed");
    await ended(stack, fileId);
  });

  it("goes on in the same run, in its next round, and succeeds", async () => {
    expect(answer).toEqual({ runId, run: 1, round: 2, steps: 3 });
    const [file] = await stack.database.db.select().from(files).where(eq(files.id, fileId));
    expect(file).toMatchObject({
      status: "succeeded",
      failedStep: null,
      errorCode: null,
      currentRunId: runId,
    });
    expect((await stepsOf(stack, runId)).filter((step) => step.state !== "succeeded")).toEqual([]);
  });

  it("does again what had not succeeded and nothing else, numbered on and told apart by the round", async () => {
    const view = await triage.view(fileId);
    const tried = view.runHistory[0]?.steps.map((step) => [
      step.name,
      step.round,
      step.attemptCount,
      step.attempts.map(({ number, round, outcome }) => `${number} in ${round}: ${outcome}`),
    ]);
    expect(tried).toEqual([
      ["inspect", 1, 1, ["1 in 1: succeeded"]],
      ["extract", 1, 1, ["1 in 1: succeeded"]],
      ["chunk", 1, 1, ["1 in 1: succeeded"]],
      ["embed", 2, 1, ["1 in 1: failed", "2 in 2: succeeded"]],
      ["index", 2, 1, ["1 in 2: succeeded"]],
      ["finalize", 2, 1, ["1 in 2: succeeded"]],
    ]);
    expect(view.runHistory[0]).toMatchObject({ number: 1, round: 2 });
  });

  it("has a requeue in its trace that is linked to the failed attempt, and the wait before it", async () => {
    const failed = (await attemptsOf(stack, runId)).find(({ outcome }) => outcome === "failed");
    const [run] = await stack.database.db.select().from(runs).where(eq(runs.id, runId));
    const requeue = await storedSpan(stack, runId, "requeue");
    expect(requeue).toMatchObject({ traceId: run?.traceId, parentSpanId: run?.rootSpanId });
    expect(requeue.links.map(({ spanId }) => spanId)).toEqual([failed?.spanId]);
    expect(requeue.attributes).toMatchObject({ "waybill.round": 2, "waybill.requeue.from": "failed" });
    expect((await storedSpan(stack, runId, "wait for requeue")).endNs).toBe(requeue.startNs);
    const root = await vi.waitFor(async () => {
      const span = await storedSpan(stack, runId, "ingest");
      expect(span.status).toBe("unset");
      return span;
    });
    expect(root.endNs).toBeGreaterThan(requeue.endNs);
  });

  it("costs what its ledger says, on every level", async () => {
    const { rows } = await stack.database.db.execute(sql`
      select files.cost_nano_usd::text as file,
             (select sum(cost_nano_usd)::text from runs where file_id = files.id) as run,
             (select sum(cost_nano_usd)::text from steps where run_id = ${runId}) as steps,
             (select sum(nano_usd)::text from ledger where file_id = files.id and step_id is not null) as entries
      from files where id = ${fileId}`);
    const sums = sumsSchema.parse(rows[0]);
    expect(sums.run).toBe(sums.file);
    expect(sums.steps).toBe(sums.entries);
  });

  it("has every vector once", async () => {
    const { rows } = await stack.database.db.execute(
      sql`select id from chunks where run_id = ${runId} order by id`,
    );
    expect(await vectorsOf(stack, fileId)).toEqual(rows.map((row) => row.id));
  });

  it("leaves an entry of who did it and what it changed", async () => {
    expect(await triage.audit(fileId)).toMatchObject([
      {
        action: "file.requeue",
        keyId: triage.keyId,
        keyName: "admin",
        via: "key",
        userAgent: "a test",
        request: { from: "failed" },
        before: {
          run: 1,
          round: 1,
          status: "failed",
          failedStep: "embed",
          errorCode: "provider_unauthorized",
        },
        after: { run: 1, round: 2, steps: 3, status: "queued" },
      },
    ]);
  });

  it("is refused when it is asked for once more: nothing failed", async () => {
    expect(await triage.refusal(fileId, "failed")).toBe("nothing_failed");
    expect(await triage.audit(fileId)).toHaveLength(1);
  });
});

describe("the dead letter of a step that failed in a message of its own", () => {
  it("is gone from QStash when the file is requeued", async () => {
    const { fileId, runId } = await failedFile(stack, "dead-letter.md");
    // The round begins with a message for the step itself.
    await gatewayAnswers(stack, 401, 1);
    await triage.requeue(fileId, "failed");
    await deadLetterFiled(runId);
    await triage.requeue(fileId, "failed");
    expect(await deadLetters(stack)).toEqual([]);
    expect(await stack.database.db.select().from(spentDeadLetters)).toEqual([]);
    expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
    expect((await stepsOf(stack, runId)).filter((step) => step.dlqId !== null)).toEqual([]);
  });
});

describe("a requeue that is sent twice", () => {
  let fileId: string;
  beforeEach(async () => {
    ({ fileId } = await failedFile(stack, `twice-${crypto.randomUUID()}.md`));
  });

  it("is one for the same Idempotency-Key, even at the same moment, with the same answer", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    const together = await Promise.all([1, 2, 3].map(() => triage.requeue(fileId, "failed", key)));
    await ended(stack, fileId);
    const later = await triage.requeue(fileId, "failed", key);
    expect(new Set([...together, later].map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await triage.audit(fileId)).toHaveLength(1);
  });

  it("is refused with the same key for another place to begin from", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    await triage.requeue(fileId, "failed", key);
    await ended(stack, fileId);
    const response = await triage.post(fileId, { from: "start" }, key);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: "idempotency_key_reused" } });
  });

  it.each(["failed", "start", "embed"])("from %s at the same moment wins once", async (from) => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => triage.post(fileId, { from })));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    await ended(stack, fileId);
    expect(await triage.audit(fileId)).toHaveLength(1);
    expect((await triage.view(fileId)).status).toBe("succeeded");
  });
});
