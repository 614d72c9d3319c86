import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Caller } from "../access/principal.ts";

/**
 * The admin API's app; every route asks for a key or a session whose role suffices by the table of permissions, and
 * answers are not kept by a cache unless the route says so.
 */
export type Api = OpenAPIHono<{ Variables: { principal: Caller } }>;
