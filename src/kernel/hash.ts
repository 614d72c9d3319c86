import { createHash, createHmac } from "node:crypto";

/** SHA-256 of a text (as UTF-8) or of bytes, in lower-case hex (64 characters). */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** HMAC-SHA256 of a text (as UTF-8) under a secret, in lower-case hex (64 characters). */
export function hmacSha256Hex(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}
