import { costs } from "./costs.ts";
import { failures } from "./failures.ts";
import { ingestion } from "./ingestion.ts";
import type { Dashboard } from "./panel.ts";
import { providers } from "./providers.ts";
import { queue } from "./queue.ts";

/** All dashboards, in the order in which they are read. */
export const dashboards: readonly Dashboard[] = [ingestion, failures, queue, costs, providers];
