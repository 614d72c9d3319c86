import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spans } from "../../../src/db/schema/spans.ts";
import { steps } from "../../../src/db/schema/steps.ts";
import { reconcile } from "../../../src/jobs/reconcile.ts";
import { repairTrace } from "../../../src/jobs/repair-trace.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { attemptsOf, gatewayAnswers, storedSpan } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

/** What the rows must know of a run, whatever becomes of the processes that worked on it. */
const known = /^(process .*|wait in queue|wait for next attempt|wait while held|ingest)$/;

async function knownSpans(runId: string) {
  await stack.runtime.telemetry.flush();
  const found = await stack.database.db.select().from(spans).where(eq(spans.runId, runId));
  return found
    .filter(({ name }) => known.test(name))
    .sort((a, b) => a.spanId.localeCompare(b.spanId))
    .map(({ spanId, parentSpanId, name, startNs, status, attributes }) => {
      const { [errorFingerprint]: fingerprint, "waybill.outcome": outcome } = attributes;
      const reason = attributes["waybill.wait.reason"];
      return { spanId, parentSpanId, name, startNs, status, outcome, fingerprint, reason };
    });
}
const errorFingerprint = "waybill.error.fingerprint";

test("the rows alone bring back every attempt and every wait of a run, with which kind of fault it met", async () => {
  await gatewayAnswers(stack, 503, 1);
  const { fileId, runId } = await upload(stack, "eventful.md", "# Eventful\n\nRetried, held, and done.");
  const embed = async () => (await stepsOf(stack, runId)).find(({ name }) => name === "embed");
  await expect.poll(async () => (await embed())?.errorCode, { timeout: 10_000 }).toBe("provider_unavailable");
  await gatewayAnswers(stack, 402, 1);
  await expect
    .poll(
      async () => {
        stack.clock.advance(2_000);
        return (await embed())?.state;
      },
      { timeout: 10_000, interval: 100 },
    )
    .toBe("held");
  const past = { heldUntil: new Date(0) };
  await stack.database.db.update(steps).set(past).where(eq(steps.runId, runId));
  expect(await reconcile(stack.runtime)).toMatchObject({ holdsReleased: 1 });
  await ended(stack, fileId, 30_000);
  await storedSpan(stack, runId, "ingest");
  const told = await knownSpans(runId);
  expect(told.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["wait in queue", "wait for next attempt", "wait while held", "ingest"]),
  );
  expect(told.filter(({ fingerprint }) => fingerprint !== undefined)).toHaveLength(2);

  await stack.database.db.execute(sql`delete from spans where run_id = ${runId}`);
  const messages = new Set((await attemptsOf(stack, runId)).map(({ messageId }) => messageId));
  for (const messageId of messages) await repairTrace(stack.runtime, { runId, messageId });
  expect(await knownSpans(runId)).toEqual(told);
}, 60_000);
