/** Names one request that changes something, however often it is sent: 32 hex digits of chance. */
export function newRequestKey(): string {
  // Not randomUUID: browsers offer that on https and localhost only.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
