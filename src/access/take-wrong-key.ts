import type { DbContext } from "../db/context.ts";
import { addressHash } from "./address-hash.ts";
import type { RequestHead } from "./request-head.ts";
import { takeRate } from "./take-rate.ts";

const windowMs = 60_000;
/** A program whose key has expired may ask in a tight loop; a person has not as many keys to try. */
const perAddress = 60;

/**
 * Counts a bearer key that is not valid. Right keys from the same address are not held up by wrong ones.
 * @throws WaybillError rate_limited
 */
export async function takeWrongKey(ctx: DbContext, request: RequestHead): Promise<void> {
  await takeRate(ctx, { subject: `wrong-key:${addressHash(request)}`, limit: perAddress, windowMs });
}
