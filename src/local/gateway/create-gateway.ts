import { Hono } from "hono";
import type { Pool } from "pg";
import type { AdjustableClock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import { requireBearer } from "../kit/bearer.ts";
import { controlRoutes, disturbRequests } from "../kit/control.ts";
import { migrateService } from "../kit/database.ts";
import { createFaults } from "../kit/faults.ts";
import type { ServerBindings } from "../kit/listen.ts";
import type { LocalService } from "../kit/service.ts";
import { createUsage, usageByMinuteTable, usageRoutes, usageTable } from "../kit/usage.ts";
import { createEmbedder } from "./embedder.ts";
import { faultAnswer } from "./fault-answer.ts";
import { GatewayError, gatewayErrorBody } from "./gateway-error.ts";
import { reportRoutes } from "./report.ts";
import { gatewayRoutes } from "./routes.ts";

const schema = "gateway";

/** The path of the base URL, as in the real service. */
export const gatewayBasePath = "/v4/ai";

/** What the stand-in for AI Gateway is made with. */
export interface GatewayOptions {
  readonly pool: Pool;
  readonly clock: AdjustableClock;
  readonly apiKey: string;
  readonly log: Log;
  /** Mounts the routes that advance the clock and inject faults. */
  readonly control?: boolean;
}

/** The stand-in for AI Gateway: embeddings by a lexical stand-in, which is no language model. */
export function createGatewayStandIn(options: GatewayOptions): LocalService {
  const { pool, clock, apiKey, log } = options;
  const usage = createUsage(pool, schema, clock);
  const embedder = createEmbedder();
  const faults = createFaults();
  const app = new Hono<ServerBindings>();
  app.route("/", usageRoutes(usage));
  if (options.control) {
    app.route("/", controlRoutes(clock, faults));
    app.use(disturbRequests(clock, faults, faultAnswer));
  }
  const unauthorized = new GatewayError(401, "authentication_error", "Invalid API key");
  app.use(requireBearer(apiKey, (c) => c.json(gatewayErrorBody(unauthorized), 401)));
  app.route("/", reportRoutes(usage));
  app.route(
    gatewayBasePath,
    gatewayRoutes({ embedder, log, count: (name, amount) => usage.add(name, amount) }),
  );
  return {
    name: "gateway",
    app,
    start: () => migrateService(pool, schema, [usageTable(schema), usageByMinuteTable(schema)]),
    stop: () => embedder.close(),
  };
}
