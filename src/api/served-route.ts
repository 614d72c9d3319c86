import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import { roleFor } from "../access/permissions.ts";
import type { Api } from "./api.ts";

/** The route that will answer a request, as the table of permissions writes it; undefined where none will. */
export function servedRoute(c: Context): string | undefined {
  const found = matchedRoutes(c).findLast(isHandler);
  return found && nameOf(found);
}

/** Refuses an API with a route that is not in the table of permissions. @throws TypeError that names it */
export function checkPermissions(api: Api): void {
  const open = api.routes
    .filter(isHandler)
    .map(nameOf)
    .find((name) => roleFor(name) === undefined);
  if (open !== undefined) throw new TypeError(`${open} is not in access/permissions.ts.`);
}

/** Middleware is for all methods, or for all paths below one. */
function isHandler({ method, path }: { method: string; path: string }): boolean {
  return method !== "ALL" && !path.endsWith("*");
}

/** Hono writes `:id` for what the table and the OpenAPI document write `{id}`. */
function nameOf({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`;
}
