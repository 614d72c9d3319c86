import { createHmac } from "node:crypto";
import { sameSecret } from "../kit/bearer.ts";
import { clientTokenNotAllowed, forbidden, tokenExpired } from "./blob-error.ts";
import { type ClientTokenPayload, clientTokenPayload } from "./entities.ts";

const clientPrefix = "vercel_blob_client_";

/** Who calls: the server with its read-write token, or a browser with a token for one upload. */
export type Caller =
  | { readonly kind: "server" }
  | { readonly kind: "client"; readonly allowed: ClientTokenPayload };

/**
 * Reads the bearer token of a request.
 * @throws BlobError forbidden when it is missing, forged or expired
 */
export function authorize(request: Request, readWriteToken: string, now: Date): Caller {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (sameSecret(token, readWriteToken)) return { kind: "server" };
  if (!token.startsWith(clientPrefix)) throw forbidden();
  const allowed = readClientToken(token, readWriteToken);
  if (allowed.validUntil < now.getTime()) throw tokenExpired();
  return { kind: "client", allowed };
}

/** @throws BlobError unless the caller holds the read-write token */
export function requireServer(caller: Caller): void {
  if (caller.kind !== "server") throw clientTokenNotAllowed();
}

/** HMAC-SHA256 in hex under the read-write token: how client tokens and callbacks are signed. */
export function sign(text: string, readWriteToken: string): string {
  return createHmac("sha256", readWriteToken).update(text).digest("hex");
}

/** `vercel_blob_client_<store>_<base64(signature.payload)>`, the payload being base64 of JSON. */
function readClientToken(token: string, readWriteToken: string): ClientTokenPayload {
  const encoded = token.slice(token.indexOf("_", clientPrefix.length) + 1);
  const [signature = "", payload = ""] = Buffer.from(encoded, "base64").toString().split(".");
  if (!sameSecret(signature, sign(payload, readWriteToken))) throw forbidden();
  try {
    return clientTokenPayload.parse(JSON.parse(Buffer.from(payload, "base64").toString()));
  } catch {
    throw forbidden();
  }
}
