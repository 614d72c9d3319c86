import { and, eq, sql } from "drizzle-orm";
import { recordEntries } from "../../costs/record-entries.ts";
import { chunks } from "../../db/schema/content.ts";
import { files } from "../../db/schema/files.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { deriveId, newTraceId } from "../../kernel/ids.ts";
import type { VectorHit } from "../../providers/vector.ts";
import { attr, meters, spanNames } from "../../telemetry/names.ts";
import type { PipelineContext } from "../context.ts";
import { findProject, type Project } from "../projects/find-project.ts";
import type { SearchHit } from "./file-view.ts";

/** What a search needs of the outside world. */
export type SearchContext = Pick<
  PipelineContext,
  "db" | "clock" | "telemetry" | "gateway" | "vector" | "embedding"
>;

/** Asked for beyond the limit: hits of runs that are no longer, or not yet, a file's current one fall out. */
const spareHits = 10;

/**
 * The chunks of a project that are nearest to a question, best first. Only chunks of a file's current run are
 * found. The query's tokens and the look-up are put down to the project.
 * @throws WaybillError project_not_found, provider_*
 */
export async function searchChunks(
  ctx: SearchContext,
  input: { project: string; query: string; limit: number },
): Promise<SearchHit[]> {
  const project = await findProject(ctx, input.project);
  const hits = await findNearest(ctx, project, input);
  const rows = await readHits(ctx, project, hits);
  return hits
    .flatMap((hit) => {
      const row = rows.get(hit.id);
      return row ? [toSearchHit(project, hit, row)] : [];
    })
    .slice(0, input.limit);
}

async function findNearest(
  ctx: SearchContext,
  project: Project,
  input: { query: string; limit: number },
): Promise<VectorHit[]> {
  const { model } = ctx.embedding;
  const traceId = newTraceId();
  const span = ctx.telemetry.tracer.start(
    spanNames.vectorQuery,
    { traceId, parentSpanId: null },
    { attributes: { [attr.dbNamespace]: project.slug, [attr.project]: project.slug } },
  );
  try {
    const { vectors, tokens } = await ctx.gateway.embed(span, { model, texts: [input.query] });
    const vector = vectors[0];
    if (vector === undefined) throw new WaybillError("provider_refused", { internal: "no vector came back" });
    const hits = await ctx.vector.query(project.slug, { vector, topK: input.limit + spareHits });
    span.set({ [attr.vectorCount]: hits.length });
    await recordSearch(ctx, project, traceId, tokens);
    return hits;
  } finally {
    span.end();
  }
}

async function recordSearch(
  ctx: SearchContext,
  project: Project,
  traceId: string,
  tokens: number,
): Promise<void> {
  const { model } = ctx.embedding;
  const common = {
    projectId: project.id,
    fileId: null,
    runId: null,
    stepId: null,
    step: "search",
    attemptId: null,
    estimated: false,
    at: ctx.clock.now(),
  };
  const entry = (meter: string) => ({ ...common, id: deriveId("entry", "search", traceId, meter) });
  await ctx.db.transaction((tx) =>
    recordEntries(tx, [
      {
        ...entry("tokens"),
        meter: meters.embeddingTokens,
        provider: model.split("/")[0] ?? model,
        model,
        quantity: tokens,
      },
      { ...entry("query"), meter: meters.vectorQueries, provider: "upstash", model: "*", quantity: 1 },
    ]),
  );
}

type HitRow = Awaited<ReturnType<typeof readHits>> extends Map<string, infer Row> ? Row : never;

async function readHits(ctx: SearchContext, project: Project, hits: readonly VectorHit[]) {
  const rows = await ctx.db
    .select({
      id: chunks.id,
      fileId: files.id,
      fileName: files.name,
      text: chunks.text,
      headingPath: chunks.headingPath,
      firstPage: chunks.firstPage,
      lastPage: chunks.lastPage,
    })
    .from(chunks)
    .innerJoin(files, and(eq(files.currentRunId, chunks.runId), eq(files.projectId, project.id)))
    .where(sql`${chunks.id} = any(${sql.param(hits.map((hit) => hit.id))}::text[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

function toSearchHit(project: Project, hit: VectorHit, row: HitRow): SearchHit {
  return {
    chunkId: row.id,
    fileId: row.fileId,
    fileName: row.fileName,
    project: project.slug,
    score: hit.score,
    text: row.text,
    headingPath: [...row.headingPath],
    heading: row.headingPath.at(-1) ?? null,
    page: row.firstPage,
    lastPage: row.lastPage,
  };
}
