import type { DbContext } from "../../db/context.ts";
import { type Overview, type OverviewPart, overviewSchema } from "./overview-view.ts";
import { readFailing, readStuck } from "./read-failing.ts";
import { readBacklog, readSearchable, readThroughput } from "./read-flow.ts";
import { readProviders, readReconciliation, readRequeues } from "./read-house.ts";
import { readMoney } from "./read-money.ts";

/** How long a part may take, in ms: the rest of the page does not wait for it longer. */
const longestMs = 2_500;

/**
 * All at a glance, from sums, short lists and counts that end at a cap, so that it costs the same at any size. A part
 * that fails, or takes too long, is null and takes no other with it.
 * @param onFailed told of each part that could not be read
 */
export async function readOverview(
  ctx: DbContext,
  onFailed: (part: OverviewPart, error: unknown) => void,
): Promise<Overview> {
  const readAt = ctx.clock.now().toISOString();
  const over = new AbortController();
  const inTime = async <Value>(name: OverviewPart, read: (ctx: DbContext) => Promise<Value>) => {
    const late = ctx.clock.wait(longestMs, over.signal).then((): never => {
      throw new TypeError(`It was not read within ${longestMs} ms.`);
    });
    return Promise.race([read(ctx), late]).catch((error: unknown) => {
      onFailed(name, error);
      return null;
    });
  };
  const [failures, stuck, money, backlog, throughput, searchable, providers, reconciliation, requeues] =
    await Promise.all([
      inTime("failures", readFailing),
      inTime("stuck", readStuck),
      inTime("money", readMoney),
      inTime("backlog", readBacklog),
      inTime("throughput", readThroughput),
      inTime("searchable", readSearchable),
      inTime("providers", readProviders),
      inTime("reconciliation", readReconciliation),
      inTime("requeues", readRequeues),
    ]);
  over.abort();
  const parts = {
    failures,
    stuck,
    money,
    backlog,
    throughput,
    searchable,
    providers,
    reconciliation,
    requeues,
  };
  // What money and budgets are asked with is no part of the answer.
  return overviewSchema.parse({ readAt, ...parts });
}
