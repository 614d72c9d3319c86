import { and, eq } from "drizzle-orm";
import { addPrice as addToBook } from "../costs/prices/add-price.ts";
import { carryOnCorrections } from "../costs/prices/correct-entries.ts";
import { listPrices } from "../costs/prices/list-prices.ts";
import { beginsWell, type NewPrice } from "../costs/prices/new-price.ts";
import type { PriceView } from "../costs/prices/price-view.ts";
import type { Db } from "../db/client.ts";
import type { DbContext } from "../db/context.ts";
import { type AuditFacts, auditEntries } from "../db/schema/audit.ts";
import { WaybillError } from "../kernel/errors.ts";
import { type Actor, recordAudit } from "./record-audit.ts";

/** How long a request corrects entries itself before it leaves the rest to the tick, in ms. */
const correctingMs = 3_000;

/** A price that somebody adds. */
export interface PriceInput {
  readonly price: NewPrice;
  /** Whether it begins when it is added, whenever that is. */
  readonly fromNow: boolean;
  readonly reason: string | null;
  /** The same key twice is one price. */
  readonly idempotencyKey: string | null;
  readonly actor: Actor;
}

/**
 * Adds a price to the book and puts that into the audit log, in one transaction. Where it begins in the past,
 * entries are corrected: some at once, the rest by the tick.
 * @throws WaybillError malformed_request, price_book_busy, idempotency_key_reused
 */
export async function addPrice(ctx: DbContext, input: PriceInput): Promise<PriceView> {
  const now = ctx.clock.now();
  // Said by the route a moment ago, which must not be a price that begins in the past.
  const price = input.fromNow ? { ...input.price, effectiveFrom: now } : input.price;
  if (!beginsWell(price, now)) {
    const details = { effectiveFrom: "in the past, must be on a quarter hour" };
    throw new WaybillError("malformed_request", { details });
  }
  const priceId = await ctx.db.transaction((tx) => addOnce(tx, { ...input, price }, now));
  await carryOnCorrections(ctx, correctingMs);
  const [added] = await listPrices(ctx, { id: priceId });
  if (added === undefined) throw new TypeError(`Price ${priceId} is not in the book.`);
  return added;
}

async function addOnce(tx: Db, input: PriceInput, now: Date): Promise<string> {
  const { price, actor, reason, idempotencyKey } = input;
  const request = factsOf(input);
  const earlier = await findEarlier(tx, input, request);
  if (earlier !== undefined) return earlier;
  const { priceId, correctionId } = await addToBook(tx, price, now);
  const after = { priceId, correctionId };
  const change = { action: "price.add" as const, fileId: null, actor, reason, idempotencyKey };
  await recordAudit(tx, { ...change, request, before: {}, after }, now);
  return priceId;
}

async function findEarlier(tx: Db, input: PriceInput, request: AuditFacts): Promise<string | undefined> {
  if (input.idempotencyKey === null) return undefined;
  const [entry] = await tx
    .select({ action: auditEntries.action, request: auditEntries.request, after: auditEntries.after })
    .from(auditEntries)
    .where(
      and(eq(auditEntries.keyId, input.actor.keyId), eq(auditEntries.idempotencyKey, input.idempotencyKey)),
    );
  if (entry === undefined) return undefined;
  const same = Object.entries(request).every(([name, value]) => entry.request[name] === value);
  if (entry.action !== "price.add" || !same || typeof entry.after.priceId !== "string")
    throw new WaybillError("idempotency_key_reused");
  return entry.after.priceId;
}

/** What was asked for, in words that are the same when it is asked for again. */
function factsOf({ price, fromNow }: PriceInput): AuditFacts {
  const { meter, provider, model, nanoUsd, perUnits, effectiveFrom } = price;
  const from = fromNow ? "now" : effectiveFrom.toISOString();
  return { meter, provider, model, nanoUsd: nanoUsd.toString(), perUnits, effectiveFrom: from };
}
