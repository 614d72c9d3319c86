import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import { newSecret } from "../../../kernel/ids.ts";

/** For how long a signature is good. */
const validSec = 300;

/**
 * The `Upstash-Signature` of a delivery: a JWT (HS256) for the whole destination URL and the SHA-256 of the
 * body. The key is taken as its UTF-8 bytes, `sig_` included.
 */
export async function signDelivery(
  signingKey: string,
  delivery: { readonly url: string; readonly body: Buffer; readonly nowMs: number },
): Promise<string> {
  const issuedSec = Math.floor(delivery.nowMs / 1000);
  return (
    new SignJWT({ body: createHash("sha256").update(delivery.body).digest("base64url") })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer("Upstash")
      .setSubject(delivery.url)
      .setIssuedAt(issuedSec)
      // The service signs without a lower bound, so that a receiver's slow clock does no harm.
      .setNotBefore(0)
      .setExpirationTime(issuedSec + validSec)
      .setJti(newSecret("jwt"))
      .sign(new TextEncoder().encode(signingKey))
  );
}
