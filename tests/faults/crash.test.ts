import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { attempts } from "../../src/db/schema/steps.ts";
import { reconcile } from "../../src/jobs/reconcile.ts";
import type { FaultPointName } from "../../src/kernel/fault-point.ts";
import { ended, stepsOf, upload } from "../support/ingest.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { truthOf } from "../support/truth.ts";
import { startWorker } from "../support/worker.ts";

/** Every point between two statements of claim, work, commit and publish. */
const points: FaultPointName[] = [
  "claim.before",
  "claim.opened",
  "claim.committed",
  "step.call-begun",
  "step.called",
  "step.worked",
  "commit.before",
  "commit.step-written",
  "commit.ledger-written",
  "commit.outbox-written",
  "commit.committed",
  "publish.before",
  "publish.sent",
  "publish.confirmed",
  "answer.before",
];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ WAYBILL_DOCUMENT_THREADS: "1" });
});
afterAll(() => stack.close());

async function one<Schema extends z.ZodType>(
  schema: Schema,
  query: ReturnType<typeof sql>,
): Promise<z.output<Schema>> {
  return schema.parse((await stack.database.db.execute(query)).rows[0]);
}

/** A document of many sections: several embed batches, so that the run has messages to publish. */
function document(name: string): string {
  const sections = Array.from(
    { length: 270 },
    (_, at) => `# Section ${at} of ${name}\n\n${`Words about ${name} ${at}. `.repeat(16)}`,
  );
  return sections.join("\n\n");
}

/** As if minutes had passed: leases have run out, and what was kept back or expected is due. */
async function minutesPass(runId: string): Promise<void> {
  const { db } = stack.database;
  await db.execute(
    sql`update steps set lease_expires_at = lease_expires_at - interval '10 minutes' where run_id = ${runId} and state = 'running'`,
  );
  await db.execute(
    sql`update outbox set publish_after = publish_after - interval '10 minutes'
        where published_at is null and step_id in (select id from steps where run_id = ${runId})`,
  );
}

describe("a worker that is killed", () => {
  it.each(points)(
    "at %s leaves a run that the reconciler brings to its end, nothing doubled",
    async (point) => {
      const before = { qstash: await stack.usage("qstash"), gateway: await stack.usage("gateway") };
      const doomed = await startWorker({ ...stack.variables, WAYBILL_FAULT_POINT: point });
      const { fileId, runId } = await upload(stack, `${point}.md`, document(point));
      expect(await doomed.gone).toBe("SIGKILL");

      const healthy = await startWorker(stack.variables);
      await minutesPass(runId);
      await reconcile(stack.runtime);
      // What the killed worker had been sent, QStash delivers again after its backoff.
      stack.clock.advance(60_000);
      const file = await ended(stack, fileId, 30_000);
      await vi.waitFor(() => traceIsWhole(runId), { timeout: 15_000, interval: 250 });
      await healthy.kill();

      expect(file).toMatchObject({ status: "succeeded", errorCode: null });
      const steps = await stepsOf(stack, runId);
      expect(steps.filter((step) => step.state !== "succeeded")).toEqual([]);
      const tried = await stack.database.db.select().from(attempts).where(eq(attempts.runId, runId));
      expect(tried.filter((attempt) => attempt.outcome === "succeeded").length).toBe(steps.length);
      expect(tried.filter((attempt) => attempt.outcome === "running")).toEqual([]);
      await chunksAndVectorsAgree(runId, file.chunkCount ?? 0);
      await moneyAgrees(before, fileId);
      await nothingIsUnexplained();
    },
    90_000,
  );
});

it("a worker that is killed once it has filed a failure leaves it to be filed by the next, once", async () => {
  const doomed = await startWorker({ ...stack.variables, WAYBILL_FAULT_POINT: "commit.failure-filed" });
  const { fileId, runId } = await upload(stack, "broken.pdf", "%PDF-1.7 and nothing that a PDF has");
  expect(await doomed.gone).toBe("SIGKILL");
  const filed = z.object({ failures: z.number(), standing: z.number() });
  const count = sql`select (select count(*)::int from failures where file_id = ${fileId}) as failures,
    (select coalesce(sum(standing), 0)::int from failure_groups) as standing`;
  expect(await one(filed, count)).toEqual({ failures: 0, standing: 0 });

  const healthy = await startWorker(stack.variables);
  await minutesPass(runId);
  await reconcile(stack.runtime);
  stack.clock.advance(60_000);
  expect(await ended(stack, fileId, 30_000)).toMatchObject({ status: "failed" });
  await healthy.kill();
  expect(await one(filed, count)).toEqual({ failures: 1, standing: 1 });
}, 90_000);

/** Each attempt has its span, each span its parent, there is one root, and nothing in between is unexplained. */
async function traceIsWhole(runId: string): Promise<void> {
  // What the killed worker had not answered comes again.
  stack.clock.advance(10_000);
  await stack.runtime.telemetry.flush();
  const holes = await one(
    z.object({ roots: z.number(), orphans: z.array(z.string()), spanless: z.array(z.string()) }),
    sql`with s as (select * from spans where run_id = ${runId})
        select (select count(*)::int from s where parent_span_id is null) as roots,
               array(select name from s where parent_span_id is not null
                     and parent_span_id not in (select span_id from s)) as orphans,
               array(select outcome from attempts where run_id = ${runId}
                     and span_id not in (select span_id from s)) as spanless`,
  );
  expect(holes).toEqual({ roots: 1, orphans: [], spanless: [] });
  const { rows } = await stack.database.db.execute(
    sql`select start_ns / 1e6 as "from", end_ns / 1e6 as "to", parent_span_id is null as root
        from spans where run_id = ${runId} order by start_ns`,
  );
  const spans = z
    .array(z.object({ from: z.coerce.number(), to: z.coerce.number(), root: z.boolean() }))
    .parse(rows);
  const root = spans.find((span) => span.root);
  let until = root?.from ?? 0;
  let gapMs = 0;
  for (const span of spans.filter((other) => !other.root)) {
    gapMs += Math.max(0, span.from - until);
    until = Math.max(until, span.to);
  }
  // What lies between a step's commit and the next one's beginning, and a few statements at the end.
  expect(gapMs / ((root?.to ?? 0) - (root?.from ?? 0))).toBeLessThan(0.01);
}

async function chunksAndVectorsAgree(runId: string, expected: number): Promise<void> {
  const { rows } = await stack.database.db.execute(
    sql`select id from chunks where run_id = ${runId} order by ordinal`,
  );
  const ids = z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
  expect(ids.length).toBe(expected);
  expect(new Set(ids).size).toBe(ids.length);
  const response = await fetch(`${stack.env.UPSTASH_VECTOR_REST_URL}/fetch/default`, {
    method: "POST",
    headers: { Authorization: `Bearer ${stack.env.UPSTASH_VECTOR_REST_TOKEN}` },
    body: JSON.stringify({ ids }),
  });
  const { result } = z.object({ result: z.array(z.unknown()) }).parse(await response.json());
  expect(result.filter((record) => record === null)).toEqual([]);
}

/** After this crash and all before it, each difference from what was metered is marked. */
async function nothingIsUnexplained(): Promise<void> {
  const truth = await truthOf(stack);
  expect(truth.lines.filter(({ state }) => state === "unexplained")).toEqual([]);
  expect(truth.sources.map(({ state }) => state)).toEqual(["read", "read", "read", "read"]);
}

/** The ledger shows what was metered, or more where a lost attempt was settled at its estimate, and says so. */
async function moneyAgrees(
  before: { qstash: Record<string, number>; gateway: Record<string, number> },
  fileId: string,
): Promise<void> {
  const spent = await one(
    z.object({ tokens: z.coerce.number(), estimated: z.coerce.number(), open: z.coerce.number() }),
    sql`select coalesce(sum(quantity) filter (where not estimated), 0) as tokens,
               coalesce(sum(quantity) filter (where estimated), 0) as estimated,
               (select count(*) from provider_calls where state = 'open') as open
        from ledger where file_id = ${fileId} and meter = 'embedding.tokens'`,
  );
  const metered = ((await stack.usage("gateway")).tokens ?? 0) - (before.gateway.tokens ?? 0);
  expect(spent.open).toBe(0);
  expect(spent.tokens).toBeLessThanOrEqual(metered);
  expect(spent.tokens + spent.estimated).toBeGreaterThanOrEqual(metered);

  const sums = await one(
    z.object({ said: z.string(), entries: z.string() }),
    sql`select cost_nano_usd::text as said, (select sum(nano_usd)::text from ledger where file_id = files.id) as entries
        from files where id = ${fileId}`,
  );
  expect(sums.said).toBe(sums.entries);
}
