import { meters } from "../src/telemetry/names.ts";
import type { Dashboard } from "./panel.ts";
import { bucketOf, literal, places, rollup, within } from "./sql.ts";

/** Of what is there now no more is counted: enough to know that it is many. */
const mostCounted = 100_000;

/** What is under way, what waits, and what is late. */
export const queue: Dashboard = {
  id: "queue",
  title: "Queue",
  tells: "Whether work flows: what is under way, what waits, what is late.",
  panels: [
    {
      id: "deliveries",
      title: "Deliveries by step",
      tells:
        "Messages that QStash delivered, each attempt of it; a small document goes on in place and needs few.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("bucket")} as time, step as series, sum(quantity) as value
from ${rollup("cost", ["step", "quantity"], `meter = ${literal(meters.qstashMessages)}`)}
group by 1, 2
having sum(quantity) > 0`,
    },
    {
      id: "unfinished",
      title: "Runs that have not ended, by when they began",
      tells: "What is still under way or held. Bars far to the left are documents that somebody waits for.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("created_at")} as time, status as series, count(*) as value
from runs
where finished_at is null and ${within("created_at")}
group by 1, 2`,
    },
    {
      id: "steps-now",
      title: "Steps now",
      tells: `Steps that are in QStash's hands, at work, or held. Counted up to ${mostCounted.toLocaleString("en-US")} each.`,
      unit: "count",
      kind: "now",
      sql: `
select 'queued' as series, count(*) as value
from (select from steps where state = 'queued' limit ${mostCounted}) found
union all
select 'running', count(*) from (select from steps where state = 'running' limit ${mostCounted}) found
union all
select 'held', count(*) from (select from steps where state = 'held' limit ${mostCounted}) found`,
    },
    {
      id: "late-now",
      title: "Late now",
      tells:
        "Messages not confirmed by QStash, deliveries that should have come, workers that vanished: the tick looks after them.",
      unit: "count",
      kind: "now",
      thresholds: [
        { value: 1, tone: "wait" },
        { value: 100, tone: "bad" },
      ],
      sql: `
select 'to be published' as series, count(*) as value
from (select from outbox where published_at is null and publish_after < ${places.now} - interval '1 minute' limit ${mostCounted}) found
union all
select 'not delivered', count(*)
from (select from steps where state = 'queued' and expected_by < ${places.now} limit ${mostCounted}) found
union all
select 'lease expired', count(*)
from (select from steps where state = 'running' and lease_expires_at < ${places.now} limit ${mostCounted}) found`,
    },
    {
      id: "held-now",
      title: "Held now, by reason",
      tells: "Steps that wait for money, credit or a provider; they go on by themselves.",
      unit: "count",
      kind: "now",
      sql: `
select held_reason as series, count(*) as value
from (select held_reason from steps where state = 'held' limit ${mostCounted}) found
group by 1
order by 2 desc`,
    },
  ],
};
