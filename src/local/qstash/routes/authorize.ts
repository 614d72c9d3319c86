import type { MiddlewareHandler } from "hono";
import { bearerToken, sameSecret } from "../../kit/bearer.ts";
import { queryOf } from "../wire/request.ts";

/** The tokens that are accepted. */
export interface Tokens {
  readonly token: string;
  /** For GET alone. */
  readonly readOnlyToken: string | undefined;
}

/** Lets requests with a token pass, which stands in the header or in the query (`qstash_token`). */
export function authorize({ token, readOnlyToken }: Tokens): MiddlewareHandler {
  return async (c, next) => {
    // A webhook may send credentials of its own beside the token in the query.
    const given = [bearerToken(c.req.raw), queryOf(c).get("qstash_token")].filter((one) => one != null);
    if (given.some((one) => sameSecret(one, token))) return next();
    if (readOnlyToken !== undefined && given.some((one) => sameSecret(one, readOnlyToken))) {
      if (c.req.method === "GET") return next();
      return c.json({ error: "unauthorized: this token may only read" }, 401);
    }
    return c.json({ error: "unauthorized: the token is missing or wrong" }, 401);
  };
}
