import type { attempts } from "../src/db/schema/steps.ts";
import type { WasteKind } from "../src/db/waste-kinds.ts";
import { meters } from "../src/telemetry/names.ts";
import type { Dashboard } from "./panel.ts";
import { bucketOf, literal, literals, rollup, within } from "./sql.ts";

/** How an attempt ends that came to nothing: those of the index attempts_faults. */
const faults = ["retry", "failed", "lost"] satisfies (typeof attempts.$inferSelect.outcome)[];
const wastedAttempts = ["failed-attempt", "lost-attempt"] satisfies WasteKind[];
const wastedDeliveries = ["duplicate-delivery", "failed-delivery"] satisfies WasteKind[];

/** What goes wrong, where, and how much of it. */
export const failures: Dashboard = {
  id: "failures",
  title: "Failures",
  tells: "Whether anything is wrong, since when, and in which step.",
  panels: [
    {
      id: "failed-share",
      title: "Share of runs that failed",
      tells: "Of the runs that ended, those that failed.",
      unit: "percent",
      kind: "line",
      bad: ["failed"],
      thresholds: [
        { value: 5, tone: "wait" },
        { value: 20, tone: "bad" },
      ],
      sql: `
select ${bucketOf("bucket")} as time, 'failed' as series,
       round(100.0 * sum(failed) / nullif(sum(succeeded) + sum(failed), 0), 2) as value
from ${rollup("ingest", ["succeeded", "failed"])}
group by 1
having sum(succeeded) + sum(failed) > 0`,
    },
    {
      id: "faults",
      title: "Faults by error code",
      tells: "Attempts that met a fault, those that were tried again among them. Each code has its page.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("finished_at")} as time, coalesce(error_code, 'no code') as series, count(*) as value
from attempts
where outcome in (${literals(faults)}) and ${within("finished_at")}
group by 1, 2`,
    },
    {
      id: "wasted-attempts",
      title: "Attempts that came to nothing, by step",
      tells: "Attempts that ended in a fault or whose worker vanished.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("bucket")} as time, step as series, sum(entries) as value
from ${rollup("cost", ["step", "entries"], `meter = ${literal(meters.computeMs)} and waste in (${literals(wastedAttempts)})`)}
group by 1, 2`,
    },
    {
      id: "wasted-deliveries",
      title: "Deliveries that came to nothing",
      tells: "Deliveries that found nothing to do, and those that no worker took up; each is paid for.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("bucket")} as time, replace(waste, '-', ' ') as series, sum(quantity) as value
from ${rollup("cost", ["waste", "quantity"], `meter = ${literal(meters.qstashMessages)} and waste in (${literals(wastedDeliveries)})`)}
group by 1, 2`,
    },
  ],
};
