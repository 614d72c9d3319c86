import { hmacSha256Hex } from "../kernel/hash.ts";
import type { AccessContext } from "./context.ts";

/**
 * What is stored of a key, a session or a link: HMAC-SHA256 under the deployment's secret, in hex. Whoever
 * reads the database alone can neither use what is there nor try guesses against it.
 */
export function hashSecret(ctx: Pick<AccessContext, "env">, secret: string): string {
  return hmacSha256Hex(ctx.env.WAYBILL_SESSION_SECRET, secret);
}
