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
import { totalsRoutes } from "../kit/usage.ts";
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
import { limitRates } from "./routes/rate-limits.ts";
import { refuseEmptyIds } from "./routes/refuse-empty-ids.ts";
import { scheduleRoutes } from "./routes/schedules.ts";
import { urlGroupRoutes } from "./routes/url-groups.ts";
import { type Ownership, takeOwnership } from "./store/owner-connection.ts";
import { purge } from "./store/purge.ts";
import { createSigningKeys } from "./store/signing-keys.ts";
import { migrations, schema } from "./store/tables.ts";
import { createTakeIn } from "./store/take-in-together.ts";
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
  let ownership: Ownership | undefined;
  const dispatcher = createDispatcher({
    ...options,
    ...{ pool, clock, log, caller, faults, signingKey },
    mayDeliver: () => ownership?.held() === true,
  });
  const scheduler = createWakingLoop({ clock, log, name: "qstash.scheduler" }, async () => {
    await fireSchedules(pool, nowMs({ clock }));
    return nextScheduleMs(pool);
  });
  const purger = createWakingLoop({ clock, log, name: "qstash.purger" }, async () => {
    await purge(pool, nowMs({ clock }), options);
    return nowMs({ clock }) + purgeEveryMs;
  });
  const takeIn = createTakeIn(pool, clock);
  const ctx: QstashContext = { pool, clock, log, options, keys, takeIn, dispatcher, scheduler };

  return {
    name: "qstash",
    app: createApp(ctx, faults, {
      tokens: { token: config.token, readOnlyToken: config.readOnlyToken },
      control: config.control ?? false,
    }),
    async start() {
      await migrateService(pool, schema, migrations);
      ownership = await takeOwnership({
        ...{ pool, clock, log },
        onStored: dispatcher.wake,
        onHeldAgain: dispatcher.recover,
      });
      await keys.load({ current: config.currentSigningKey, next: config.nextSigningKey });
      dispatcher.start();
      scheduler.start();
      purger.start();
    },
    async stop() {
      await Promise.all([scheduler.stop(), purger.stop(), dispatcher.stop(options.stopGraceMs)]);
      caller.close();
      await ownership?.release();
    },
  };
}

function createApp(
  ctx: QstashContext,
  faults: Faults,
  config: { readonly tokens: Tokens; readonly control: boolean },
): Hono<ServerBindings> {
  const app = new Hono<ServerBindings>();
  app.route("/", totalsRoutes(ctx.pool, schema));
  if (config.control) {
    app.route("/", controlRoutes(ctx.clock, faults));
    app.use(disturbRequests(ctx.clock, faults));
  }
  app.use(authorize(config.tokens));
  app.use(limitRates(ctx));
  app.use(refuseEmptyIds);
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
