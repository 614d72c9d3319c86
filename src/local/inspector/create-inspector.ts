/**
 * The inspector: a page about the local stack itself, with a small server that asks the stand-ins for it. It
 * owns the page, its JSON routes and who may call them. It knows the stand-ins by their wire and their
 * counts in Postgres, and imports src/local/kit and src/kernel alone.
 */
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { ServerBindings } from "../kit/listen.ts";
import { notSpokenRoute } from "../kit/not-spoken.ts";
import { refuseForeignPages } from "../kit/own-pages.ts";
import { controlApi } from "./control-api.ts";
import { readState, type StateSource } from "./read-state.ts";

const page = fileURLToPath(new URL("page", import.meta.url));
const self = ["'self'"];
const nothing = ["'none'"];

/**
 * The inspector as an app for `listen`: the page, and `GET /api/state`. With `control` also what
 * `controlApi` says; without it these answer 403 with how to turn it on.
 */
export function createInspector(source: StateSource): Hono<ServerBindings> {
  const app = new Hono<ServerBindings>();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: nothing,
        ...{ scriptSrc: self, styleSrc: self, connectSrc: self, imgSrc: self },
        ...{ baseUri: nothing, formAction: nothing, frameAncestors: nothing },
      },
      // Loopback has no TLS.
      strictTransportSecurity: false,
    }),
  );
  app.use(refuseForeignPages);
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });
  app.get("/api/state", async (c) => c.json(await readState(source)));
  app.on(["POST", "DELETE"], "/api/*", async (c, next) => {
    if (source.control) return next();
    const error =
      "Clock and faults are off. Start with `npm start -- --control` or `npm run local -- --control`.";
    return c.json({ error }, 403);
  });
  app.route("/api", controlApi(source.clock, source.stack.services));
  app.get("*", serveStatic({ root: page }));
  app.notFound(notSpokenRoute);
  return app;
}
