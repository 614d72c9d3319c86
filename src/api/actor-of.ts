import { callerAddress } from "../access/caller-address.ts";
import type { AccessContext, RequestHead } from "../access/context.ts";
import { hashSecret } from "../access/hash-secret.ts";
import type { Principal } from "../access/principal.ts";
import type { Actor } from "../triage/record-audit.ts";

/** The longest user agent that is kept, in characters. */
const userAgentLimit = 300;

/** Who sent a request and from where, for the audit log. */
export function actorOf(ctx: Pick<AccessContext, "env">, principal: Principal, request: RequestHead): Actor {
  const address = callerAddress(request);
  return {
    ...principal,
    userAgent: request.headers.get("user-agent")?.slice(0, userAgentLimit) ?? null,
    addressHash: address === null ? null : hashSecret(ctx, address).slice(0, 32),
  };
}
