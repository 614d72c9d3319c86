import { and, type SQL, sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { type WasteKind, wasteKinds } from "../../db/waste-kinds.ts";
import { readRollup } from "../rollups/read-rollup.ts";
import { costRollup, ingestRollup } from "../rollups/rollup.ts";

/** What money is spent for beside ingestion. */
const besideIngestion: ReadonlySet<string> = new Set([
  "search",
  "picture",
  "storage",
  "tick",
  "retention",
  "reconcile",
]);

/** The costs of a span of time at a glance. */
export interface CostSummary {
  readonly nanoUsd: bigint;
  readonly entries: bigint;
  /** What the ingestion of documents took, and in which steps. */
  readonly ingestion: { readonly nanoUsd: bigint; readonly steps: readonly string[] };
  /** For nothing, by reason; every reason is there. */
  readonly waste: readonly { readonly kind: WasteKind; readonly nanoUsd: bigint; readonly entries: bigint }[];
  readonly ingested: Readonly<
    Record<"uploads" | "bytes" | "succeeded" | "failed" | "pages" | "chunks", bigint>
  >;
  /** From the upload to the end, on average over the runs that ended well; null when there is none. */
  readonly searchableMs: number | null;
  /** Null while no page was ingested. */
  readonly nanoUsdPerThousandPages: bigint | null;
}

/**
 * What was spent in a span of time, what of it for nothing, and what came of it.
 * @param span each end on a quarter hour of UTC
 */
export async function costSummary(
  { db }: Pick<DbContext, "db">,
  asked: { from: Date; to: Date; projectId: string | undefined },
): Promise<CostSummary> {
  const boundaries = [asked.from, asked.to];
  const where: SQL | undefined = and(
    asked.projectId === undefined ? undefined : sql`project_id = ${asked.projectId}`,
  );
  const [costs, ingested] = await Promise.all([
    readRollup(db, costRollup, { boundaries, by: ["step", "waste"], where }),
    readRollup(db, ingestRollup, { boundaries, by: [], where }),
  ]);
  const sum = (rows: typeof costs, column: string) =>
    rows.reduce((total, { sums }) => total + (sums[column] ?? 0n), 0n);
  const ofDocuments = costs.filter(({ key }) => !besideIngestion.has(key.step ?? ""));
  const done = ingested[0]?.sums ?? {};
  const { uploads = 0n, bytes = 0n, succeeded = 0n, failed = 0n, pages = 0n, chunks = 0n } = done;
  const spent = sum(ofDocuments, "nano_usd");
  return {
    nanoUsd: sum(costs, "nano_usd"),
    entries: sum(costs, "entries"),
    ingestion: { nanoUsd: spent, steps: [...new Set(ofDocuments.map(({ key }) => key.step ?? ""))].sort() },
    waste: wasteKinds.map((kind) => {
      const ofKind = costs.filter(({ key }) => key.waste === kind);
      return { kind, nanoUsd: sum(ofKind, "nano_usd"), entries: sum(ofKind, "entries") };
    }),
    ingested: { uploads, bytes, succeeded, failed, pages, chunks },
    searchableMs: succeeded === 0n ? null : Number(done.searchable_ms ?? 0n) / Number(succeeded),
    nanoUsdPerThousandPages: pages === 0n ? null : (spent * 1_000n) / pages,
  };
}
