import { meters } from "../src/telemetry/names.ts";
import type { Dashboard } from "./panel.ts";
import { bucketOf, literal, rollup } from "./sql.ts";

/** What comes in, and what becomes of it. */
export const ingestion: Dashboard = {
  id: "ingestion",
  title: "Ingestion",
  tells: "Whether documents come in and become searchable, and how fast.",
  panels: [
    {
      id: "runs-ended",
      title: "Runs that ended",
      tells: "Each ingestion of a file that ended, well or not. A run that is requeued ends again.",
      unit: "count",
      kind: "bars",
      bad: ["failed"],
      sql: `
select ${bucketOf("bucket")} as time, series, sum(value) as value
from ${rollup("ingest", ["succeeded", "failed"])}
cross join lateral (values ('succeeded', succeeded), ('failed', failed)) as ended(series, value)
group by 1, 2`,
    },
    {
      id: "uploads",
      title: "Uploads by project",
      tells: "Originals that were stored. One that is there already is not counted again.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("bucket")} as time, projects.slug as series, sum(uploads) as value
from ${rollup("ingest", ["project_id", "uploads"])}
join projects on projects.id = sums.project_id
group by 1, 2`,
    },
    {
      id: "bytes",
      title: "Bytes stored by project",
      tells: "The size of the originals that were stored.",
      unit: "bytes",
      kind: "bars",
      sql: `
select ${bucketOf("bucket")} as time, projects.slug as series, sum(bytes) as value
from ${rollup("ingest", ["project_id", "bytes"])}
join projects on projects.id = sums.project_id
group by 1, 2`,
    },
    {
      id: "pages-and-chunks",
      title: "Pages and chunks",
      tells: "What the runs that ended well have made searchable.",
      unit: "count",
      kind: "line",
      sql: `
select ${bucketOf("bucket")} as time, series, sum(value) as value
from ${rollup("ingest", ["pages", "chunks"])}
cross join lateral (values ('pages', pages), ('chunks', chunks)) as made(series, value)
group by 1, 2`,
    },
    {
      id: "time-to-searchable",
      title: "Time to searchable",
      tells: "From the upload to the end, on average over the runs that ended well; holds and waits count.",
      unit: "ms",
      kind: "line",
      thresholds: [
        { value: 300_000, tone: "wait" },
        { value: 1_800_000, tone: "bad" },
      ],
      sql: `
select ${bucketOf("bucket")} as time, 'mean' as series, round(sum(searchable_ms) / nullif(sum(succeeded), 0)) as value
from ${rollup("ingest", ["searchable_ms", "succeeded"])}
group by 1
having sum(succeeded) > 0`,
    },
    {
      id: "compute-per-attempt",
      title: "Processor time of an attempt, by step",
      tells:
        "How long processors worked for an attempt of each step, on average; waiting for others does not count.",
      unit: "ms",
      kind: "line",
      sql: `
select ${bucketOf("bucket")} as time, step as series, round(sum(quantity) / nullif(sum(entries), 0), 2) as value
from ${rollup("cost", ["step", "quantity", "entries"], `meter = ${literal(meters.computeMs)}`)}
group by 1, 2
having sum(entries) > 0`,
    },
  ],
};
