import { and, asc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { files } from "../../db/schema/files.ts";
import { type RequeueProof, requeueFiles, requeues } from "../../db/schema/requeues.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import type { RequeueContext } from "./context.ts";
import { presentVectors } from "./count-vectors.ts";
import { knownVectors } from "./known-vectors.ts";
import { costOf } from "./read-requeues.ts";

/** How many files are looked at in one step. */
const pageSize = 100;

const nothing: RequeueProof = { vectorsBefore: 0, vectorsAfter: 0, missing: 0, orphans: 0, duplicates: 0 };

/**
 * Holds the index against the next files that a requeue sent, and writes down what was found together with the place
 * where it goes on: a page that was looked at twice is counted once. Only files that succeeded by this requeue are
 * judged; of the others their vectors are counted.
 * @returns true once all files have been looked at
 * @throws WaybillError provider_* when the index does not answer
 */
export async function proveFiles(ctx: RequeueContext, requeueId: string): Promise<boolean> {
  const [requeue] = await ctx.db.select().from(requeues).where(eq(requeues.id, requeueId));
  if (requeue === undefined || requeue.provedAt !== null) return true;
  const page = await nextPage(ctx, requeueId, requeue.provedTo);
  const found = await lookAt(ctx, page);
  faultPoint("turn.proved");
  const last = page.length < pageSize;
  await ctx.db
    .update(requeues)
    .set({
      proof: add(requeue.proof ?? nothing, found),
      provedTo: page.at(-1)?.place ?? requeue.provedTo,
      ...(last && { provedAt: ctx.clock.now(), dueAt: null, final: finalOf(requeueId) }),
    })
    .where(and(eq(requeues.id, requeueId), eq(requeues.provedTo, requeue.provedTo)));
  return last;
}

/** What became of how many files, and what they cost, as SQL: nothing of it changes any more. */
function finalOf(requeueId: string): SQL {
  return sql`(select jsonb_build_object('counts', coalesce(jsonb_object_agg(outcome, files), '{}'),
    'cost', ${costOf(sql`${requeueId}`)}) from (
      select outcome, count(*) as files from requeue_files where requeue_id = ${requeueId} group by outcome) counted)`;
}

type Page = Awaited<ReturnType<typeof nextPage>>;

function nextPage({ db }: RequeueContext, requeueId: string, after: number) {
  return db
    .select({
      place: requeueFiles.place,
      fileId: requeueFiles.fileId,
      runId: requeueFiles.runId,
      outcome: requeueFiles.outcome,
      before: requeueFiles.vectorsBefore,
      currentRunId: files.currentRunId,
      status: files.status,
    })
    .from(requeueFiles)
    .innerJoin(files, eq(files.id, requeueFiles.fileId))
    .where(
      and(
        eq(requeueFiles.requeueId, requeueId),
        gt(requeueFiles.place, after),
        inArray(requeueFiles.outcome, ["succeeded", "failed"]),
      ),
    )
    .orderBy(asc(requeueFiles.place))
    .limit(pageSize);
}

async function lookAt(ctx: RequeueContext, page: Page): Promise<RequeueProof> {
  const known = await knownVectors(
    ctx.db,
    page.map(({ fileId }) => fileId),
  );
  const present = await presentVectors(ctx, known);
  const judged = new Set(page.filter(isJudged).map(({ fileId }) => fileId));
  const stale = present.filter((vector) => judged.has(vector.fileId) && !vector.current);
  const wanted = known.filter((vector) => judged.has(vector.fileId) && vector.current);
  const ids = new Set(present.map(({ id }) => id));
  return {
    vectorsBefore: sumKnown(page.map(({ before }) => before)),
    vectorsAfter: present.length,
    missing: wanted.filter(({ id }) => !ids.has(id)).length,
    orphans: stale.filter(({ repeated }) => !repeated).length,
    duplicates: stale.filter(({ repeated }) => repeated).length,
  };
}

/** True for a file that this requeue mended, and that nobody has done anew since. */
function isJudged({ outcome, runId, currentRunId, status }: Page[number]): boolean {
  return outcome === "succeeded" && status === "succeeded" && runId === currentRunId;
}

function sumKnown(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

function add(a: RequeueProof, b: RequeueProof): RequeueProof {
  return {
    vectorsBefore: sumKnown([a.vectorsBefore, b.vectorsBefore]),
    vectorsAfter: a.vectorsAfter + b.vectorsAfter,
    missing: a.missing + b.missing,
    orphans: a.orphans + b.orphans,
    duplicates: a.duplicates + b.duplicates,
  };
}
