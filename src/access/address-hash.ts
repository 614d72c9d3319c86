import { sha256Hex } from "../kernel/hash.ts";
import { callerAddress } from "./caller-address.ts";
import type { RequestHead } from "./request-head.ts";

/** The caller's address for a rate limit, hashed: an address is personal data and need not be kept. */
export function addressHash(request: RequestHead): string {
  return sha256Hex(callerAddress(request) ?? "unknown").slice(0, 32);
}
