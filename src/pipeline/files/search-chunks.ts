import { and, eq, sql } from "drizzle-orm";
import type { Spending } from "../../costs/budgets/lease-scope.ts";
import { spendWithin } from "../../costs/budgets/spend-within.ts";
import { chunks } from "../../db/schema/content.ts";
import { files } from "../../db/schema/files.ts";
import { toWaybillError, WaybillError } from "../../kernel/errors.ts";
import type { VectorHit } from "../../providers/vector.ts";
import { attr, meters, spanNames } from "../../telemetry/names.ts";
import type { PipelineContext } from "../context.ts";
import { countTokens } from "../documents/token-count.ts";
import { findProject, type Project } from "../projects/find-project.ts";
import type { SearchHit } from "./file-view.ts";

/** What a search needs of the outside world. */
export type SearchContext = Pick<
  PipelineContext,
  "db" | "leases" | "telemetry" | "gateway" | "vector" | "embedding"
>;

/** Asked for beyond the limit: hits of runs that are no longer, or not yet, a file's current one fall out. */
const spareHits = 10;

/**
 * The chunks of a project that are nearest to a question, best first. Only chunks of a file's current run are
 * found. The query's tokens and the look-up are put down to the project, within its budgets.
 * @throws WaybillError project_not_found, budget_exhausted, provider_*
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
  const span = ctx.telemetry.requests.start(spanNames.search, {
    attributes: { [attr.project]: project.slug },
  });
  try {
    const hits = await spendWithin(ctx, searchSpending(ctx, project, input.query), async (bought) => {
      const { vectors, tokens } = await ctx.gateway.embed(span, { model, texts: [input.query] });
      bought(tokensLine, tokens);
      const vector = vectors[0];
      if (vector === undefined)
        throw new WaybillError("provider_refused", { internal: "no vector came back" });
      const found = await ctx.vector.query(span, project.slug, { vector, topK: input.limit + spareHits });
      bought(queryLine, 1);
      return found;
    });
    span.set({ [attr.vectorCount]: hits.length });
    return hits;
  } catch (error) {
    span.fail(toWaybillError(error).code);
    throw error;
  } finally {
    span.end();
  }
}

/** The lines of what a search buys. */
const tokensLine = 0;
const queryLine = 1;

function searchSpending(ctx: SearchContext, project: Project, query: string): Spending {
  const { model } = ctx.embedding;
  const tokens = { meter: meters.embeddingTokens, provider: model.split("/")[0] ?? model, model };
  const lookUp = { meter: meters.vectorQueries, provider: "upstash", model: "*" };
  return {
    projectId: project.id,
    step: "search",
    lines: [
      { ...tokens, quantity: countTokens(query) },
      { ...lookUp, quantity: 1 },
    ],
  };
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
