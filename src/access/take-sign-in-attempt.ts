import type { DbContext } from "../db/context.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { callerAddress } from "./caller-address.ts";
import type { RequestHead } from "./context.ts";
import { takeRate } from "./take-rate.ts";

const windowMs = 60_000;
const perAddress = 10;
/** For all addresses together, since a caller may lie about its own where no proxy sets the header. */
const altogether = 300;

/**
 * Counts an attempt to sign in, so that no key can be guessed.
 * @throws WaybillError rate_limited
 */
export async function takeSignInAttempt(ctx: DbContext, request: RequestHead): Promise<void> {
  await takeRate(ctx, { subject: `sign-in:${addressOf(request)}`, limit: perAddress, windowMs });
  await takeRate(ctx, { subject: "sign-in", limit: altogether, windowMs });
}

/** The caller's address, hashed: an address is personal data and need not be kept. */
function addressOf(request: RequestHead): string {
  return sha256Hex(callerAddress(request) ?? "unknown").slice(0, 32);
}
