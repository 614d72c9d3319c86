import { desc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { summaryColumns, toFileSummary } from "./file-summary-row.ts";
import type { FileView } from "./file-view.ts";
import { openHolds } from "./open-holds.ts";
import { attemptColumns, stepColumns, toRunView } from "./run-rows.ts";

/** How many runs of a file are shown, the newest. */
const runLimit = 20;
/** How many steps of a run are shown; those that need a look come first, then the lower shards of each step. */
const stepLimit = 2_000;

/**
 * A file with its runs, steps and attempts, in four queries whatever its size, and one more where a step is held.
 * @throws WaybillError file_not_found
 */
export async function getFile({ db }: Pick<DbContext, "db">, fileId: string): Promise<FileView> {
  const [file] = await db
    .select(summaryColumns)
    .from(files)
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(eq(files.id, fileId));
  if (file === undefined) throw new WaybillError("file_not_found", { details: { fileId } });
  const runRows = await db
    .select()
    .from(runs)
    .where(eq(runs.fileId, fileId))
    .orderBy(desc(runs.number))
    .limit(runLimit);
  const stepRows = await readSteps(
    db,
    runRows.map((run) => run.id),
  );
  const attemptRows = await readAttempts(
    db,
    stepRows.map((step) => step.id),
  );
  const held = new Set(stepRows.flatMap((step) => (step.state === "held" ? [step.runId] : [])));
  const holds = await openHolds(db, [...held]);
  const failed = stepRows.find((step) => step.runId === file.runId && step.state === "failed");
  return {
    ...toFileSummary(file, failed?.errorCode === file.errorCode ? (failed?.errorMessage ?? null) : null),
    runHistory: runRows.map((run) => toRunView(run, stepRows, attemptRows, holds)),
  };
}

async function readSteps(db: Db, runIds: readonly string[]) {
  if (runIds.length === 0) return [];
  const rank = sql<number>`row_number() over (partition by ${steps.runId} order by
    ${steps.state} in ('failed', 'held', 'running') desc, ${steps.shard}, ${steps.name})`;
  const ranked = db
    .select({ ...stepColumns, rank: rank.as("rank") })
    .from(steps)
    .where(inArray(steps.runId, [...runIds]))
    .as("ranked");
  return db.select().from(ranked).where(sql`${ranked.rank} <= ${stepLimit}`);
}

async function readAttempts(db: Db, stepIds: readonly string[]) {
  if (stepIds.length === 0) return [];
  return db
    .select(attemptColumns)
    .from(attempts)
    .where(sql`${attempts.stepId} = any(${sql.param([...stepIds])}::text[])`)
    .orderBy(attempts.number);
}
