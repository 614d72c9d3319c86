import type { MiddlewareHandler } from "hono";
import { refusal } from "../refusal.ts";

/** A place for an id in the path with nothing in it; a destination in the path has a scheme, and its own check. */
const emptyId = /^\/v2\/(messages|queues|schedules|topics|flowControl|dlq(?:\/retry)?)\/(\/|$)/;

/**
 * Refuses a path in which a client has left an id empty: it must not be taken for all of a kind. And one with a
 * NUL, which no id has and Postgres cannot look for.
 */
export const refuseEmptyIds: MiddlewareHandler = async (c, next) => {
  const { path } = c.req;
  const kind = emptyId.exec(path)?.[1];
  if (kind === "flowControl") throw refusal(400, "the flow-control key is empty");
  if (kind === "schedules" && c.req.method === "POST") throw refusal(400, "the destination is empty");
  if (kind !== undefined) throw refusal(404, `the id in ${path} is empty`);
  if (path.includes("\0") && !path.includes("://")) throw refusal(400, `the id in ${path} has a NUL`);
  return next();
};
