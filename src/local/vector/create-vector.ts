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
import { createUsage, usageRoutes, usageTable } from "../kit/usage.ts";
import type { IndexSettings } from "./entities.ts";
import { vectorRoutes } from "./routes.ts";
import { createVectorStore } from "./store.ts";
import { migrations } from "./tables.ts";

const schema = "vector";
const defaults: IndexSettings = { dimension: 1536, similarityFunction: "COSINE" };

/** What the stand-in for Upstash Vector is made with. */
export interface VectorOptions {
  readonly pool: Pool;
  readonly clock: AdjustableClock;
  readonly token: string;
  readonly log: Log;
  readonly settings?: IndexSettings;
  /** Mounts the routes that advance the clock and inject faults. */
  readonly control?: boolean;
}

/** The stand-in for Upstash Vector: one index, searched exactly. */
export function createVector(options: VectorOptions): LocalService {
  const { pool, clock, token, log, settings = defaults } = options;
  const store = createVectorStore(pool);
  const usage = createUsage(pool, schema);
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
  app.route("/", vectorRoutes({ store, settings, log, count: (name, amount) => usage.add(name, amount) }));
  return {
    name: "vector",
    app,
    async start() {
      await migrateService(pool, schema, [...migrations, usageTable(schema)]);
      await store.load();
    },
    // Every answer waits for its statement: nothing is left to finish.
    stop: () => Promise.resolve(),
  };
}
