import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import type { ServerBindings } from "../kit/listen.ts";
import { GatewayError, type GatewayErrorType, gatewayErrorBody } from "./gateway-error.ts";

const injected = z.object({ error: z.string() });
const typeByStatus: Readonly<Record<number, GatewayErrorType>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  404: "not_found",
  429: "rate_limit_exceeded",
};

/** Puts an injected status into the form of AI Gateway, so that the SDK raises the class it would there. */
export const faultsInOwnWords: MiddlewareHandler<ServerBindings> = async (c, next) => {
  await next();
  if (c.res.status < 400) return;
  const body = injected.safeParse(
    await c.res
      .clone()
      .json()
      .catch(() => undefined),
  );
  if (!body.success) return;
  const { status } = c.res;
  const error = new GatewayError(500, typeByStatus[status] ?? "internal_server_error", body.data.error);
  c.res = Response.json(gatewayErrorBody(error), { status });
};
