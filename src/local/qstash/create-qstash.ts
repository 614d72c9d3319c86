import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Pool } from "pg";
import type { AdjustableClock } from "../../kernel/clock.ts";
import { createLog, type Log } from "../../kernel/log.ts";
import { controlRoutes, disturbRequests } from "../kit/control.ts";
import { migrateService } from "../kit/database.ts";
import { createFaults, type Faults } from "../kit/faults.ts";
import type { ServerBindings } from "../kit/listen.ts";
import { notSpokenRoute } from "../kit/not-spoken.ts";
import type { LocalService } from "../kit/service.ts";
import { createUsage, usageRoutes } from "../kit/usage.ts";
import { nowMs, type QstashContext } from "./context.ts";
import { createDispatcher } from "./delivery/dispatcher.ts";
import { createHttpCaller } from "./delivery/http-call.ts";
import { defaultOptions, type Options } from "./options.ts";
import { authorize, type Tokens } from "./routes/authorize.ts";
import { dlqRoutes } from "./routes/dlq.ts";
import { flowControlRoutes } from "./routes/flow-control.ts";
import { messageRoutes } from "./routes/messages.ts";
import { publishRoutes } from "./routes/publish.ts";
import { queueRoutes } from "./routes/queues.ts";
import { scheduleRoutes } from "./routes/schedules.ts";
import { urlGroupRoutes } from "./routes/url-groups.ts";
import { releaseInterrupted } from "./store/claim-messages.ts";
import { takeOwnerLock } from "./store/owner-lock.ts";
import { purge } from "./store/purge.ts";
import { createSigningKeys } from "./store/signing-keys.ts";
import { migrations, schema } from "./store/tables.ts";
import { fireSchedules, nextScheduleMs } from "./timing/fire-schedules.ts";
import { createWakingLoop } from "./timing/waking-loop.ts";

/** What may differ from the defaults. */
export type QstashOptions = Partial<Options>;

/** What a local QStash is made of. */
export interface QstashConfig {
  /** Of the stand-ins' database; everything lies in its schema `qstash`. */
  readonly pool: Pool;
  readonly clock: AdjustableClock;
  readonly token: string;
  readonly readOnlyToken?: string;
  /** The keys of the first start; later the kept ones count, which may have been rotated. */
  readonly currentSigningKey: string;
  readonly nextSigningKey: string;
  readonly log?: Log;
  /** Mounts the routes that move the clock and inject faults. */
  readonly control?: boolean;
  readonly options?: QstashOptions;
}

const purgeEveryMs = 3_600_000;

/** The local QStash. Its state lies in Postgres: a stop at any moment loses nothing. */
export function createQstash(config: QstashConfig): LocalService {
  const { pool, clock } = config;
  const log = config.log ?? createLog("warn");
  const options = { ...defaultOptions, ...config.options };
  const keys = createSigningKeys(pool);
  const faults = createFaults();
  const caller = createHttpCaller();
  const signingKey = () => keys.pair().current;
  const dispatcher = createDispatcher({ ...options, pool, clock, log, caller, faults, signingKey });
  const scheduler = createWakingLoop({ clock, log, name: "qstash.scheduler" }, async () => {
    if ((await fireSchedules(pool, nowMs({ clock }))) > 0) dispatcher.wake();
    return nextScheduleMs(pool);
  });
  const purger = createWakingLoop({ clock, log, name: "qstash.purger" }, async () => {
    await purge(pool, nowMs({ clock }), options.retentionMs);
    return nowMs({ clock }) + purgeEveryMs;
  });
  const ctx: QstashContext = { pool, clock, log, options, keys, dispatcher, scheduler };
  let freeOwnerLock = async () => {};

  return {
    name: "qstash",
    app: createApp(ctx, faults, {
      tokens: { token: config.token, readOnlyToken: config.readOnlyToken },
      control: config.control ?? false,
    }),
    async start() {
      await migrateService(pool, schema, migrations);
      freeOwnerLock = await takeOwnerLock(pool);
      await keys.load({ current: config.currentSigningKey, next: config.nextSigningKey });
      const interrupted = await releaseInterrupted(pool, nowMs(ctx));
      if (interrupted > 0)
        log.info({ interrupted }, "deliveries that the last stop interrupted are repeated");
      dispatcher.start();
      scheduler.start();
      purger.start();
    },
    async stop() {
      await Promise.all([scheduler.stop(), purger.stop(), dispatcher.stop(options.stopGraceMs)]);
      caller.close();
      await freeOwnerLock();
    },
  };
}

function createApp(
  ctx: QstashContext,
  faults: Faults,
  config: { readonly tokens: Tokens; readonly control: boolean },
): Hono<ServerBindings> {
  const app = new Hono<ServerBindings>();
  app.route("/", usageRoutes(createUsage(ctx.pool, schema)));
  if (config.control) {
    app.route("/", controlRoutes(ctx.clock, faults));
    app.use(disturbRequests(ctx.clock, faults));
  }
  app.use(authorize(config.tokens));
  for (const routes of [publishRoutes, scheduleRoutes]) app.route("/", routes(ctx));
  for (const routes of [messageRoutes, dlqRoutes, queueRoutes, urlGroupRoutes, flowControlRoutes]) {
    app.route("/", routes(ctx));
  }
  app.get("/v2/keys", (c) => c.json(ctx.keys.pair()));
  app.post("/v2/keys/rotate", async (c) => c.json(await ctx.keys.rotate()));
  app.notFound(notSpokenRoute);
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    ctx.log.error({ err: error, path: c.req.path }, "a request failed");
    return c.json({ error: "internal error" }, 500);
  });
  return app;
}
