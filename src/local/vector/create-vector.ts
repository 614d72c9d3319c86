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
import { createUsage, usageRoutes } from "../kit/usage.ts";
import { defaultIndex, type IndexSettings } from "./index-settings.ts";
import { migrations, schema } from "./migrations.ts";
import { openIndex } from "./open-index.ts";
import { vectorRoutes } from "./routes.ts";

/** What the stand-in for Upstash Vector is made with. */
export interface VectorOptions {
  readonly pool: Pool;
  readonly clock: AdjustableClock;
  /** The token of every index. */
  readonly token: string;
  readonly log: Log;
  /** The indexes, one of which is the default one. */
  readonly indexes?: readonly IndexSettings[];
  /** Mounts the routes that advance the clock and inject faults. */
  readonly control?: boolean;
}

/** The stand-in for Upstash Vector: indexes side by side, searched exactly. */
export function createVector(options: VectorOptions): LocalService {
  const { pool, clock, token, log, indexes: configured = [defaultIndex] } = options;
  const indexes = new Map(
    configured.map((settings) => [settings.name, openIndex({ pool, clock, settings })]),
  );
  const usage = createUsage(pool, schema, clock);
  const faults = createFaults();
  const app = new Hono<ServerBindings>();
  app.route("/", usageRoutes(usage));
  if (options.control) {
    app.route("/", controlRoutes(clock, faults));
    app.use(disturbRequests(clock, faults));
  }
  app.use(
    requireBearer(token, (c) => c.json({ error: "Unauthorized: Invalid auth token", status: 401 }, 401)),
  );
  app.route("/", vectorRoutes({ indexes, log, count: (name, amount) => usage.add(name, amount) }));
  return {
    name: "vector",
    app,
    async start() {
      await migrateService(pool, schema, migrations);
      for (const { store } of indexes.values()) await store.load();
    },
    // Every answer waits for its statement: nothing is left to finish.
    stop: () => Promise.resolve(),
  };
}
