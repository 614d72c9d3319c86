import { createHash, createHmac } from "node:crypto";
import { newSecret } from "../../../kernel/ids.ts";

/** For how long a signature is good. */
const validSec = 300;

const base64url = (text: string) => Buffer.from(text).toString("base64url");
const protectedHeader = base64url(JSON.stringify({ alg: "HS256", typ: "JWT" }));

/**
 * The `Upstash-Signature` of a delivery: a JWT (HS256) for the whole destination URL and the SHA-256 of the
 * body. The key is taken as its UTF-8 bytes, `sig_` included. It is made here and now: a library signs by
 * WebCrypto, whose turn on another thread was an eighth of what a delivery costs.
 */
export function signDelivery(
  signingKey: string,
  delivery: { readonly url: string; readonly body: Buffer; readonly nowMs: number },
): string {
  const issuedSec = Math.floor(delivery.nowMs / 1000);
  const claims = {
    iss: "Upstash",
    sub: delivery.url,
    exp: issuedSec + validSec,
    // The service signs without a lower bound, so that a receiver's slow clock does no harm.
    nbf: 0,
    iat: issuedSec,
    jti: newSecret("jwt"),
    body: createHash("sha256").update(delivery.body).digest("base64url"),
  };
  const signed = `${protectedHeader}.${base64url(JSON.stringify(claims))}`;
  return `${signed}.${createHmac("sha256", signingKey).update(signed).digest("base64url")}`;
}
