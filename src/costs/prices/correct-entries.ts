import { asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { priceCorrections, prices } from "../../db/schema/costs.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import { deriveId } from "../../kernel/ids.ts";
import { meters } from "../../telemetry/names.ts";
import { passBudgetGate } from "../budgets/budget-gate.ts";
import { type NewEntry, recordEntries } from "../ledger/record-entries.ts";
import { inSlices } from "../ledger/slices.ts";
import { amountOf, priceAt } from "./price-at.ts";

/** A number of our own among Postgres' advisory locks. */
const corrections = 20_261_126;
/** How many entries of the meter are looked at in one transaction, which holds the locks of the wrong ones' runs. */
const batchSize = 500;

const nano = z.string().transform(BigInt);
const candidateSchema = z.object({
  id: z.string(),
  project_id: z.string().nullable(),
  file_id: z.string().nullable(),
  run_id: z.string().nullable(),
  step_id: z.string().nullable(),
  step: z.string(),
  attempt_id: z.string().nullable(),
  meter: z.enum(meters),
  provider: z.string(),
  model: z.string(),
  at: z.coerce.date(),
  price_id: z.string(),
  concerned: z.boolean(),
  present: nano,
  right: nano,
});
type Candidate = z.output<typeof candidateSchema>;
type Correction = typeof priceCorrections.$inferSelect & { price: typeof prices.$inferSelect };

/**
 * Carries corrections on, the oldest first, batch by batch, until all are done or the time is over. An entry whose
 * amount is not what the book says now gets another beside it that makes up the difference; no entry is changed.
 * Each batch is one transaction with the place that the correction has come to, so a crash repeats nothing; of
 * two that do this at once the second leaves it to the first.
 * @param limitMs after how long no further batch is begun
 * @returns how many entries were adjusted
 */
export async function carryOnCorrections(ctx: DbContext, limitMs: number): Promise<number> {
  const startedMs = ctx.clock.monotonicMs();
  let adjusted = 0;
  do {
    const batch = await ctx.db.transaction((tx) => correctBatch(tx, ctx.clock.now()));
    if (batch === null) return adjusted;
    faultPoint("correction.committed");
    adjusted += batch;
  } while (ctx.clock.monotonicMs() - startedMs < limitMs);
  return adjusted;
}

/** @returns how many entries were adjusted; null when there was nothing to do here */
async function correctBatch(tx: Db, now: Date): Promise<number | null> {
  const { rows } = await tx.execute(
    sql`select pg_try_advisory_xact_lock(${sql.raw(String(corrections))}) as mine`,
  );
  if (rows[0]?.mine !== true) return null;
  const correction = await oldestRunning(tx);
  if (correction === undefined) return null;
  const found = await nextCandidates(tx, correction);
  const wrong = found.filter((entry) => entry.concerned && entry.present !== entry.right);
  if (wrong.length > 0) await lockOwners(tx, wrong);
  faultPoint("correction.locked");
  await recordEntries(tx, wrong.map(adjustmentOf));
  faultPoint("correction.recorded");
  await moveOn(tx, correction, { found, wrong, now });
  return wrong.length;
}

async function oldestRunning(tx: Db): Promise<Correction | undefined> {
  const [row] = await tx
    .select()
    .from(priceCorrections)
    .innerJoin(prices, eq(prices.id, priceCorrections.priceId))
    .where(eq(priceCorrections.state, "running"))
    .orderBy(asc(priceCorrections.startedAt), asc(priceCorrections.id))
    .limit(1);
  return row && { ...row.price_corrections, price: row.prices };
}

/**
 * The next entries of the meter. Of those that the new price concerns: what each costs in all so far, and what it
 * should. The others are read too, so that a batch is short even where few are concerned.
 */
async function nextCandidates(tx: Db, correction: Correction): Promise<Candidate[]> {
  const { price, fromAt, untilAt, cursorAt, cursorId } = correction;
  const concerned = sql`entry.provider = ${price.provider}`;
  const after =
    cursorAt === null
      ? sql`at >= ${fromAt.toISOString()}::timestamptz`
      : sql`(at, id) > (${cursorAt.toISOString()}::timestamptz, ${cursorId})`;
  const next = inSlices({
    filter: { meters: [price.meter], models: price.model === "*" ? undefined : [price.model] },
    where: sql`${after} and at < ${untilAt.toISOString()}::timestamptz and adjusts is null`,
    order: "oldest first",
    limit: batchSize,
  });
  const { rows } = await tx.execute(sql`
    select entry.*, ${concerned} as concerned, price.id as price_id, ${amountOf(sql`entry.quantity`, "price")}::text as right,
           (entry.nano_usd + coalesce((select sum(nano_usd) from ledger where adjusts = entry.id), 0))::text as present
    from ${next} entry join lateral ${priceAt("entry", sql`entry.at`)} price on true
    order by entry.at, entry.id`);
  return z.array(candidateSchema).parse(rows);
}

/** In the order in which the pipeline takes them: the budgets' gate, and then runs and files. */
async function lockOwners(tx: Db, wrong: readonly Candidate[]): Promise<void> {
  await passBudgetGate(tx);
  const runIds = [...new Set(wrong.flatMap(({ run_id }) => run_id ?? []))];
  const fileIds = [...new Set(wrong.flatMap(({ file_id }) => file_id ?? []))];
  if (runIds.length > 0) {
    await tx
      .select({ id: runs.id })
      .from(runs)
      .where(inArray(runs.id, runIds))
      .orderBy(asc(runs.id))
      .for("update");
  }
  if (fileIds.length > 0) {
    const named = tx.select({ id: files.id }).from(files).where(inArray(files.id, fileIds));
    await named.orderBy(asc(files.id)).for("no key update");
  }
}

/** Named by the entry and the price that it is brought to: the same twice is one. */
function adjustmentOf(entry: Candidate): NewEntry {
  return {
    id: deriveId("entry", "adjust", entry.id, entry.price_id),
    projectId: entry.project_id,
    fileId: entry.file_id,
    runId: entry.run_id,
    stepId: entry.step_id,
    step: entry.step,
    attemptId: entry.attempt_id,
    meter: entry.meter,
    provider: entry.provider,
    model: entry.model,
    quantity: 0,
    estimated: false,
    at: entry.at,
    adjusts: { entryId: entry.id, nanoUsd: entry.right - entry.present },
  };
}

async function moveOn(
  tx: Db,
  correction: Correction,
  batch: { found: readonly Candidate[]; wrong: readonly Candidate[]; now: Date },
): Promise<void> {
  const last = batch.found.at(-1);
  const changed = batch.wrong.reduce((sum, { present, right }) => sum + right - present, 0n);
  const done = batch.found.length < batchSize;
  await tx
    .update(priceCorrections)
    .set({
      ...(last && { cursorAt: last.at, cursorId: last.id }),
      ...(done && { state: "done" as const, finishedAt: batch.now }),
      entries: sql`${priceCorrections.entries} + ${batch.found.filter((entry) => entry.concerned).length}`,
      adjusted: sql`${priceCorrections.adjusted} + ${batch.wrong.length}`,
      nanoUsd: sql`${priceCorrections.nanoUsd} + ${changed.toString()}::bigint`,
    })
    .where(eq(priceCorrections.id, correction.id));
}
