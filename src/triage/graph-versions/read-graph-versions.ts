import { desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { graphVersions } from "../../db/schema/deployments.ts";
import { runs } from "../../db/schema/runs.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { fileStatuses } from "../../pipeline/files/file-view.ts";
import { currentGraph, graphs } from "../../pipeline/graph.ts";
import {
  type GraphVersion,
  type OneGraphVersion,
  runCountCap,
  storedGraphSchema,
} from "./graph-version-view.ts";

const cursorKey = z.tuple([z.number().int()]);
const instant = z.coerce
  .date()
  .nullable()
  .transform((at) => at?.toISOString() ?? null);
const countSchema = z.object({
  version: z.number(),
  firstUsedAt: instant,
  status: z.enum(fileStatuses),
  runs: z.number(),
  newest: instant,
});
type Counted = z.output<typeof countSchema>;

/** Every version that this build knows or a run has gone by, the newest first. @throws WaybillError malformed_request */
export async function listGraphVersions(
  { db }: Pick<DbContext, "db">,
  { limit, cursor }: PageRequest,
): Promise<{ items: GraphVersion[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, cursor);
  const kept = await db
    .select({ version: graphVersions.version })
    .from(graphVersions)
    .where(before === null ? undefined : sql`${graphVersions.version} < ${before[0]}`)
    .orderBy(desc(graphVersions.version))
    .limit(limit + 1);
  const built = [...graphs.keys()].filter((version) => before === null || version < before[0]);
  const all = [...new Set([...kept.map(({ version }) => version), ...built])].toSorted((a, b) => b - a);
  const { rows, last } = cutPage(all, limit);
  return { items: await countRuns({ db }, rows), nextCursor: last === null ? null : formatCursor([last]) };
}

/** One of them, with its graph. @throws WaybillError graph_version_not_found */
export async function getGraphVersion(
  { db }: Pick<DbContext, "db">,
  version: number,
): Promise<OneGraphVersion> {
  const [kept] = await db.select().from(graphVersions).where(eq(graphVersions.version, version));
  const built = graphs.get(version);
  const [counted] = await countRuns({ db }, [version]);
  if (counted === undefined || (kept === undefined && built === undefined))
    throw new WaybillError("graph_version_not_found", { details: { version } });
  // What ran is shown, and not what this build would have it be; before it ran they are the same.
  const graph = kept?.graph ?? built ?? null;
  return { ...counted, steps: graph === null ? null : storedGraphSchema.parse(graph).steps };
}

/** What became of the runs of some versions: each count goes along the index, and no farther than the cap. */
async function countRuns(
  { db }: Pick<DbContext, "db">,
  versions: readonly number[],
): Promise<GraphVersion[]> {
  if (versions.length === 0) return [];
  const listed = (values: readonly (string | number)[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    );
  const ofBoth = sql`run.graph_version = asked.version and run.status = statuses.status`;
  const { rows } = await db.execute(sql`
    select asked.version, kept.first_seen_at as "firstUsedAt", statuses.status,
           (select count(*)::integer from (select from ${runs} run where ${ofBoth} limit ${runCountCap + 1}) counted) as runs,
           (select run.created_at from ${runs} run where ${ofBoth}
            order by run.created_at desc nulls last, run.id desc nulls last limit 1) as newest
    from unnest(array[${listed(versions)}]::integer[]) asked(version)
    left join ${graphVersions} kept on kept.version = asked.version
    cross join unnest(array[${listed(fileStatuses)}]::text[]) statuses(status)`);
  const counted = z.array(countSchema).parse(rows);
  return versions.map((version) =>
    summarise(
      version,
      counted.filter((row) => row.version === version),
    ),
  );
}

function summarise(version: number, counted: readonly Counted[]): GraphVersion {
  const of = (...statuses: readonly Counted["status"][]) => {
    const found = counted.filter(({ status }) => statuses.includes(status));
    const count = found.reduce((sum, row) => sum + Math.min(row.runs, runCountCap), 0);
    return { count, capped: found.some((row) => row.runs > runCountCap) };
  };
  return {
    version,
    current: version === currentGraph.version,
    firstUsedAt: counted[0]?.firstUsedAt ?? null,
    lastBegunAt:
      counted
        .flatMap(({ newest }) => newest ?? [])
        .toSorted()
        .at(-1) ?? null,
    runs: {
      underWay: of("queued", "running", "held"),
      succeeded: of("succeeded"),
      failed: of("failed"),
      cancelled: of("cancelled"),
    },
  };
}
