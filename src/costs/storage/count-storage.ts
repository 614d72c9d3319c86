import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { storagePositions } from "../../db/schema/costs.ts";
import { toWaybillError } from "../../kernel/errors.ts";
import { deriveId } from "../../kernel/ids.ts";
import { type Meter, meters } from "../../telemetry/names.ts";
import type { JobLog } from "../../telemetry/span-log.ts";
import { passBudgetGate } from "../budgets/budget-gate.ts";
import { type NewEntry, recordEntries } from "../ledger/record-entries.ts";
import { type IndexSize, type Stored, storedInBlob, storedInIndex } from "./stored-bytes.ts";

const hourMs = 3_600_000;

/** What counting needs of the outside world. */
export interface StorageContext extends DbContext {
  readonly log: Pick<JobLog, "warn">;
  readonly vector: { size(): Promise<IndexSize> };
}

/**
 * Puts down, once an hour, what lies in Blob and in the vector index: bytes times hours, by project. Hours that
 * were missed are made up for with what is stored now, and marked as estimated where there were several. A
 * provider that does not answer is no fault: the next call makes up for it.
 * @returns how many entries were put down
 */
export async function countStorage(ctx: StorageContext): Promise<number> {
  const until = new Date(Math.floor(ctx.clock.now().getTime() / hourMs) * hourMs);
  const blob = await countMeter(ctx, until, {
    meter: meters.blobStorage,
    provider: "vercel",
    stored: () => storedInBlob(ctx, until),
  });
  const vectors = await countMeter(ctx, until, {
    meter: meters.vectorStorage,
    provider: "upstash",
    stored: async () => storedInIndex(ctx, await ctx.vector.size()),
  });
  return blob + vectors;
}

interface StorageMeter {
  readonly meter: Meter;
  readonly provider: string;
  stored(): Promise<Stored[]>;
}

async function countMeter(ctx: StorageContext, until: Date, of: StorageMeter): Promise<number> {
  const [before] = await ctx.db.select().from(storagePositions).where(eq(storagePositions.meter, of.meter));
  if (before === undefined) {
    // Counting begins with the next hour.
    await ctx.db
      .insert(storagePositions)
      .values({ meter: of.meter, countedUntil: until })
      .onConflictDoNothing();
    return 0;
  }
  if (before.countedUntil >= until) return 0;
  let stored: Stored[];
  try {
    stored = await of.stored();
  } catch (thrown) {
    const error = toWaybillError(thrown);
    if (!error.code.startsWith("provider_")) throw thrown;
    ctx.log.warn({ err: error, meter: of.meter }, "what is stored could not be read; the next tick makes up");
    return 0;
  }
  return ctx.db.transaction((tx) => putDown(tx, of, { until, stored }));
}

/** The position is read anew under its lock: of two at once, the second finds nothing to count. */
async function putDown(
  tx: Db,
  { meter, provider }: StorageMeter,
  { until, stored }: { until: Date; stored: readonly Stored[] },
): Promise<number> {
  await passBudgetGate(tx);
  const named = tx.select().from(storagePositions).where(eq(storagePositions.meter, meter));
  const [position] = await named.for("update");
  const hours = position === undefined ? 0 : (until.getTime() - position.countedUntil.getTime()) / hourMs;
  if (hours <= 0) return 0;
  const entries = stored
    .filter(({ bytes }) => bytes > 0)
    .map(
      ({ projectId, bytes }): NewEntry => ({
        id: deriveId("entry", meter, projectId ?? "", until.toISOString()),
        projectId,
        fileId: null,
        runId: null,
        stepId: null,
        step: "storage",
        attemptId: null,
        meter,
        provider,
        model: "*",
        quantity: bytes * hours,
        estimated: hours > 1,
        at: until,
      }),
    );
  await recordEntries(tx, entries);
  await tx.update(storagePositions).set({ countedUntil: until }).where(eq(storagePositions.meter, meter));
  return entries.length;
}
