import type { grains } from "../src/db/schema/rollups.ts";

/**
 * The places in a panel's SQL that each reader fills in its own way: the console with parameters, Grafana with its
 * macros. `from` begins a bucket; `to` ends the span; `width` is a bucket's width, a quarter hour, an hour, a day or
 * a week; `now` is the present time.
 */
export const places = { from: "{{from}}", to: "{{to}}", width: "{{width}}", now: "{{now}}" } as const;

/** A Monday, so that buckets of a week begin on Mondays. */
export const bucketOrigin = "timestamptz '1970-01-05 00:00:00+00'";

/** The beginning of the bucket that a time lies in. */
export function bucketOf(column: string): string {
  return `date_bin(${places.width}, ${column}, ${bucketOrigin})`;
}

/** A condition: within the span. */
export function within(column: string): string {
  return `${column} >= ${places.from} and ${column} < ${places.to}`;
}

/** A text as SQL writes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Texts as SQL lists them. */
export function literals(texts: readonly string[]): string {
  return texts.map(literal).join(", ");
}

/** The coarsest grain whose buckets fill the asked ones. */
const grain = `case when ${places.width} >= interval '1 day' then ${grainName("day")}
    when ${places.width} >= interval '1 hour' then ${grainName("hour")} else ${grainName("quarter")} end`;

function grainName(name: (typeof grains)[number]): string {
  return literal(name);
}

/**
 * A FROM item: the rows of a rollup that lie in the span, with what the tick has not folded yet; what is true is
 * always both together.
 */
export function rollup(name: "cost" | "ingest", columns: readonly string[], where?: string): string {
  const list = columns.join(", ");
  const also = where === undefined ? "" : ` and ${where}`;
  return `(
  select bucket, ${list} from ${name}_rollups
  where grain = ${grain}
    and ${within("bucket")}${also}
  union all
  select bucket, ${list} from ${name}_deltas
  where ${within("bucket")}${also}
) sums`;
}
