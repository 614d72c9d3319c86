import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { files } from "../../../src/db/schema/files.ts";
import { attempts, steps } from "../../../src/db/schema/steps.ts";
import { reconcile } from "../../../src/jobs/reconcile.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

/** Lets the gateway answer its next calls with a status. */
async function gatewayAnswers(status: number, times: number): Promise<void> {
  const { origin } = new URL(stack.variables.AI_GATEWAY_BASE_URL ?? "");
  const response = await fetch(`${origin}/__local/faults`, {
    method: "POST",
    body: JSON.stringify({ match: "embedding", status, times }),
  });
  expect(response.status).toBe(200);
}

const spanSchema = z.object({
  span_id: z.string(),
  name: z.string(),
  status: z.string(),
  ms: z.coerce.number(),
  file_id: z.string().nullable(),
});

async function spansOf(runId: string) {
  await stack.runtime.telemetry.flush();
  const { rows } = await stack.database.db.execute(
    sql`select span_id, name, status, (end_ns - start_ns) / 1e6 as ms, file_id from spans where run_id = ${runId}`,
  );
  return z.array(spanSchema).parse(rows);
}

describe("a step that meets a fault", () => {
  it("is tried again after the backoff, and the wait is a span of its trace", async () => {
    await gatewayAnswers(503, 1);
    const { fileId, runId } = await upload(stack, "retried.md", "# Retried\n\nAfter a fault of the gateway.");
    await expect
      .poll(async () => (await stepsOf(stack, runId)).find((step) => step.name === "embed")?.errorCode, {
        timeout: 10_000,
      })
      .toBe("provider_unavailable");
    // Its message is sent for the time of the retry; QStash's clock is brought there.
    await expect
      .poll(
        () => {
          stack.clock.advance(5000);
          return stack.database.db
            .select()
            .from(files)
            .where(eq(files.id, fileId))
            .then(([file]) => file?.status);
        },
        { timeout: 20_000, interval: 200 },
      )
      .toBe("succeeded");
    const tried = await stack.database.db.select().from(attempts).where(eq(attempts.runId, runId));
    expect(
      tried.filter((attempt) => attempt.outcome === "retry").map((attempt) => attempt.errorCode),
    ).toEqual(["provider_unavailable"]);
    const spans = await spansOf(runId);
    expect(spans.map((span) => span.name)).toContain("wait for next attempt");
    expect(
      spans
        .filter((span) => span.name === "process embed")
        .map((span) => span.status)
        .sort(),
    ).toEqual(["error", "unset"]);
  });

  it("is held, not failed, while the account is out of credit, and goes on by itself", async () => {
    await gatewayAnswers(402, 1);
    const { fileId, runId } = await upload(stack, "held.md", "# Held\n\nUntil the account is topped up.");
    await expect
      .poll(
        () =>
          stack.database.db
            .select()
            .from(files)
            .where(eq(files.id, fileId))
            .then(([file]) => file?.status),
        { timeout: 10_000 },
      )
      .toBe("held");
    const held = (await stepsOf(stack, runId)).find((step) => step.state === "held");
    expect(held).toMatchObject({ name: "embed", heldReason: "provider_out_of_credit", attemptCount: 0 });

    await stack.database.db
      .update(steps)
      .set({ heldUntil: new Date(0) })
      .where(eq(steps.runId, runId));
    expect(await reconcile(stack.runtime)).toMatchObject({ holdsReleased: 1 });
    expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded" });
    expect((await spansOf(runId)).map((span) => span.name)).toContain("wait while held");
  });
});

describe("deliveries of one trace that overlap", () => {
  it("leave a whole span for each attempt, and every span names its file", async () => {
    const { fileId, runId } = await upload(stack, "overlapping.pdf", manualPdf({ pages: 430, seed: 9 }));
    expect(await ended(stack, fileId, 60_000)).toMatchObject({ status: "succeeded" });
    const tried = await stack.database.db.select().from(attempts).where(eq(attempts.runId, runId));
    const overlapping = tried.some((one) =>
      tried.some(
        (other) =>
          one.id !== other.id &&
          one.startedAt < (other.finishedAt ?? one.startedAt) &&
          other.startedAt < (one.finishedAt ?? other.startedAt),
      ),
    );
    expect(overlapping).toBe(true);
    const spans = new Map((await spansOf(runId)).map((span) => [span.span_id, span]));
    for (const attempt of tried) {
      expect(spans.get(attempt.spanId)?.ms ?? 0).toBeGreaterThanOrEqual((attempt.workMs ?? 0) - 2);
    }
    expect([...spans.values()].filter((span) => span.file_id !== fileId)).toEqual([]);
  }, 90_000);
});
