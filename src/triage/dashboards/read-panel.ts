import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Panel } from "../../../dashboards/panel.ts";
import { timeBuckets } from "../../costs/reports/time-buckets.ts";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { type SeriesRow, seriesOf } from "./panel-series.ts";
import type { PanelReading, panelBuckets } from "./panel-view.ts";

type PanelBucket = (typeof panelBuckets)[number];

/** What is asked of a panel. */
interface PanelQuestion {
  readonly panel: Panel;
  readonly from: Date;
  readonly to: Date;
  /** Left out: the narrowest that gives a chart of about a hundred. */
  readonly bucket: PanelBucket | undefined;
}

/** Most rows of an answer: 400 buckets of 50 series. */
const mostRows = 20_000;

/** How long the database may work on a panel, in ms. */
const longestMs = 5_000;

const widths = { quarter: "15 minutes", hour: "1 hour", day: "1 day", week: "7 days" } as const;
const hourMs = 3_600_000;

/**
 * The figures of a panel in a span of time. The query is the panel's own; from outside come only the ends of the
 * span and the buckets' width, as parameters. It reads in a transaction that may not write and may not take long.
 * @param limitMs how long the database may work on it
 * @throws WaybillError malformed_request for too many buckets or figures, panel_too_slow
 */
export async function readPanel(
  { db, clock }: DbContext,
  { panel, from, to, bucket: asked }: PanelQuestion,
  limitMs = longestMs,
): Promise<PanelReading> {
  const readAt = clock.now();
  const overTime = panel.kind !== "now";
  const bucket = asked ?? fittingBucket(to.getTime() - from.getTime());
  const boundaries = overTime ? await timeBuckets(db, { from, to, bucket, timeZone: "UTC" }) : [];
  const query = filled(panel.sql, {
    from: boundaries[0] ?? from,
    to: boundaries.at(-1) ?? to,
    width: widths[bucket],
    now: readAt,
  });
  const rows = await readBounded(db, query, { overTime, limitMs });
  return {
    readAt: readAt.toISOString(),
    bucket: overTime ? bucket : null,
    boundaries: boundaries.map((at) => at.toISOString()),
    series: seriesOf(panel, rows, boundaries),
  };
}

/** Up to a day in quarter hours, up to eight in hours, then in days, and beyond a year in weeks. */
function fittingBucket(spanMs: number): PanelBucket {
  if (spanMs <= 26 * hourMs) return "quarter";
  if (spanMs <= 8 * 24 * hourMs) return "hour";
  return spanMs <= 370 * 24 * hourMs ? "day" : "week";
}

/** The panel's SQL with parameters in its places (dashboards/sql.ts). */
function filled(text: string, values: { from: Date; to: Date; width: string; now: Date }): SQL {
  const parameters: Readonly<Record<string, SQL>> = {
    from: sql`${values.from.toISOString()}::timestamptz`,
    to: sql`${values.to.toISOString()}::timestamptz`,
    width: sql`${values.width}::interval`,
    now: sql`${values.now.toISOString()}::timestamptz`,
  };
  // Every other piece is the name of a place.
  const pieces = text.split(/\{\{(\w+)\}\}/);
  return sql.join(
    pieces.map((piece, at) => (at % 2 === 0 ? undefined : parameters[piece]) ?? sql.raw(piece)),
  );
}

async function readBounded(
  db: Db,
  query: SQL,
  { overTime, limitMs }: { overTime: boolean; limitMs: number },
): Promise<SeriesRow[]> {
  const [time, order] = overTime ? [sql`time, `, sql`order by time`] : [sql`null as time, `, sql``];
  const bounded = sql`select ${time}series, value::text as value from (${query}) panel ${order} limit ${mostRows + 1}`;
  const { rows } = await db
    .transaction(
      async (tx) => {
        await tx.execute(sql`select set_config('statement_timeout', ${`${limitMs}ms`}, true)`);
        return tx.execute(bounded);
      },
      { accessMode: "read only" },
    )
    .catch((error: unknown) => {
      throw wasCancelled(error) ? new WaybillError("panel_too_slow", { cause: error }) : error;
    });
  if (rows.length > mostRows) {
    const details = { bucket: `has more than ${mostRows} figures; choose a wider bucket or a shorter span` };
    throw new WaybillError("malformed_request", { details });
  }
  return rowsSchema.parse(rows);
}

const rowsSchema = z.array(
  z.object({
    time: z.coerce.date().nullable(),
    series: z.string().nullable(),
    value: z.string().nullable(),
  }),
);

const cancelled = z.object({ code: z.literal("57014") });

/** Whether the database stopped a statement since it took too long (SQLSTATE 57014, query_canceled). */
function wasCancelled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return cancelled.safeParse(error).success || cancelled.safeParse(error.cause).success;
}
