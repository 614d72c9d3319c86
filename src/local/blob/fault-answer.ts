import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import type { ServerBindings } from "../kit/listen.ts";

const injected = z.object({ error: z.string() });
const codeByStatus: Readonly<Record<number, string>> = {
  403: "forbidden",
  404: "not_found",
  429: "rate_limited",
  503: "service_unavailable",
};

/** Puts an injected status into the form of Vercel Blob, so that the SDK raises the class it would there. */
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
  const error = { code: codeByStatus[status] ?? "unknown_error", message: body.data.error };
  c.res = Response.json({ error }, { status });
};
