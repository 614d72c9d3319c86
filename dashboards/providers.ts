import { type Meter, meters } from "../src/telemetry/names.ts";
import type { Dashboard, Panel } from "./panel.ts";
import { bucketOf, literals, rollup, within } from "./sql.ts";

/** What a provider is called for; processors and memory are paid, but not called. */
const called = [
  meters.qstashMessages,
  meters.embeddingTokens,
  meters.vectorWrites,
  meters.vectorQueries,
  meters.blobOperations,
];

/** What is asked of those who do the work for us. */
export const providers: Dashboard = {
  id: "providers",
  title: "Providers",
  tells: "What is asked of each provider, what it costs, and where no answer came.",
  panels: [
    {
      id: "calls",
      title: "Charged calls by provider",
      tells:
        "Entries of the ledger that a call of a provider has made; one that was answered with a fault is free.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("bucket")} as time, provider as series, sum(entries) as value
from ${rollup("cost", ["provider", "entries"], `meter in (${literals(called)})`)}
group by 1, 2`,
    },
    {
      id: "unanswered",
      title: "Calls without an answer",
      tells: "Entries that stand at their estimate, as the worker vanished or the provider did not answer.",
      unit: "count",
      kind: "bars",
      sql: `
select ${bucketOf("at")} as time, provider as series, count(*) as value
from ledger
where estimated and ${within("at")}
group by 1, 2`,
    },
    quantityBy("tokens", "Embedding tokens by model", "Tokens that the gateway charged.", "model", [
      meters.embeddingTokens,
    ]),
    quantityBy("vectors", "Vectors written and looked up", "As the vector index counts them.", "meter", [
      meters.vectorWrites,
      meters.vectorQueries,
    ]),
    quantityBy("blob", "Blob operations", "Writing an original is advanced, reading it simple.", "model", [
      meters.blobOperations,
    ]),
    {
      ...quantityBy(
        "blob-bytes",
        "Bytes read from Blob",
        "Originals that were read for a step.",
        "provider",
        [meters.blobTransfer],
      ),
      unit: "bytes",
    },
    {
      id: "cost",
      title: "Cost by provider",
      tells: "What each provider is paid.",
      unit: "nano-usd",
      kind: "area",
      sql: `
select ${bucketOf("bucket")} as time, provider as series, sum(nano_usd) as value
from ${rollup("cost", ["provider", "nano_usd"])}
group by 1, 2
having sum(nano_usd) <> 0`,
    },
  ],
};

function quantityBy(
  id: string,
  title: string,
  tells: string,
  column: "model" | "meter" | "provider",
  of: readonly Meter[],
): Panel {
  return {
    id,
    title,
    tells,
    unit: "count",
    kind: "bars",
    sql: `
select ${bucketOf("bucket")} as time, ${column} as series, sum(quantity) as value
from ${rollup("cost", [column, "quantity"], `meter in (${literals(of)})`)}
group by 1, 2
having sum(quantity) > 0`,
  };
}
