import { Argument, program } from "commander";
import { benchBrowser } from "./browser/run.ts";
import { benchConsole } from "./console/run.ts";
import { benchCosts } from "./costs/run.ts";
import { benchRegroup } from "./failures/regroup.ts";
import { benchFailures } from "./failures/run.ts";
import { benchProduct } from "./product/run.ts";
import { benchQstash } from "./qstash/run.ts";
import { benchRequeues } from "./requeues/run.ts";
import { benchTrace } from "./trace/run.ts";
import { benchVector } from "./vector/run.ts";
import { benchWaterfall } from "./waterfall/run.ts";

/** `npm run bench`: prints the figures of docs/benchmarks.md, of one topic or of all in turn. */
const topics = {
  browser: benchBrowser,
  console: benchConsole,
  costs: benchCosts,
  failures: benchFailures,
  product: benchProduct,
  qstash: benchQstash,
  regroup: benchRegroup,
  requeues: benchRequeues,
  trace: benchTrace,
  vector: benchVector,
  waterfall: benchWaterfall,
};

program
  .name("npm run bench --")
  .description("Measures the product and the parts of its local stack, each figure beside a comparison.")
  .addArgument(
    new Argument("[topics...]", "what to measure; everything when nothing is named").choices(
      Object.keys(topics),
    ),
  )
  .action(async (named: readonly string[]) => {
    for (const [topic, bench] of Object.entries(topics)) {
      if (named.length === 0 || named.includes(topic)) await bench();
    }
  });
await program.parseAsync();
