import type { DbContext } from "../db/context.ts";
import { addressHash } from "./address-hash.ts";
import type { RequestHead } from "./request-head.ts";
import { takeRate } from "./take-rate.ts";

const windowMs = 60_000;
const perAddress = 10;
/** For all addresses together, since a caller may lie about its own where no proxy sets the header. */
const altogether = 300;

/**
 * Counts an attempt to sign in or to take an invitation up, so that neither passwords nor links can be guessed.
 * @throws WaybillError rate_limited
 */
export async function takeSignInAttempt(ctx: DbContext, request: RequestHead): Promise<void> {
  await takeRate(ctx, { subject: `sign-in:${addressHash(request)}`, limit: perAddress, windowMs });
  await takeRate(ctx, { subject: "sign-in", limit: altogether, windowMs });
}
