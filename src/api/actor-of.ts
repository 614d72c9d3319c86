import { callerAddress } from "../access/caller-address.ts";
import type { AccessContext } from "../access/context.ts";
import { hashSecret } from "../access/hash-secret.ts";
import type { Principal } from "../access/principal.ts";
import type { RequestHead } from "../access/request-head.ts";
import type { Actor } from "../triage/record-audit.ts";

/** The longest user agent that is kept, in characters. */
const userAgentLimit = 300;

/** Who sent a request and from where, for the audit log. */
export function actorOf(ctx: Pick<AccessContext, "env">, principal: Principal, request: RequestHead): Actor {
  const { keyId, keyName, via } = principal;
  return { keyId, keyName, via, ...originOf(ctx, request) };
}

/** From where a request came, for the audit log. */
export function originOf(
  ctx: Pick<AccessContext, "env">,
  request: RequestHead,
): Pick<Actor, "userAgent" | "addressHash"> {
  const address = callerAddress(request);
  return {
    userAgent: request.headers.get("user-agent")?.slice(0, userAgentLimit) ?? null,
    addressHash: address === null ? null : hashSecret(ctx, address).slice(0, 32),
  };
}
