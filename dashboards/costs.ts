import type { Dashboard, Panel } from "./panel.ts";
import { bucketOf, rollup } from "./sql.ts";

/** What is spent, and on what. */
export const costs: Dashboard = {
  id: "costs",
  title: "Costs",
  tells: "What ingestion costs, and what of it was for nothing.",
  panels: [
    costBy("step", "step", "Which step, or what else money is spent for: search, tick, storage."),
    costBy("project", "coalesce(slug, 'no project')", "What each project has spent; ticks belong to none."),
    costBy("meter", "meter", "What was counted and paid for."),
    costBy("model", "case model when '*' then 'no model' else model end", "By model, or class of operation."),
    {
      id: "waste",
      title: "Spent for nothing",
      tells:
        "On attempts that failed or vanished, deliveries that found nothing to do, uploads that were refused.",
      unit: "nano-usd",
      kind: "bars",
      sql: `
select ${bucketOf("bucket")} as time, replace(waste, '-', ' ') as series, sum(nano_usd) as value
from ${rollup("cost", ["waste", "nano_usd"], "waste is not null")}
group by 1, 2`,
    },
  ],
};

function costBy(what: "step" | "project" | "meter" | "model", series: string, tells: string): Panel {
  const column = what === "project" ? "project_id" : what;
  const named = what === "project" ? "\nleft join projects on projects.id = sums.project_id" : "";
  return {
    id: `by-${what}`,
    title: `Cost by ${what}`,
    tells,
    unit: "nano-usd",
    kind: "area",
    sql: `
select ${bucketOf("bucket")} as time, ${series} as series, sum(nano_usd) as value
from ${rollup("cost", [column, "nano_usd"])}${named}
group by 1, 2
having sum(nano_usd) <> 0`,
  };
}
