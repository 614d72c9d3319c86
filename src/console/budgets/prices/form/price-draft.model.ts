import { beginsWell, newPriceSchema } from "../../../../costs/prices/new-price.ts";
import type { PriceView } from "../../../../costs/prices/price-view.ts";
import { dollarsAsTyped, parseDollars } from "../../../format/money-input.ts";

/** From when a price is to hold: from the moment it is added, from when the present one began, or from a time. */
export type Begins = "now" | "same" | "at";

/** The form as it is filled in; everything as it was typed. */
export interface PriceDraft {
  readonly meter: string;
  readonly provider: string;
  readonly model: string;
  readonly dollars: string;
  readonly perUnits: string;
  readonly begins: Begins;
  /** The field of date and time of `at`, in UTC. */
  readonly at: string;
  readonly source: string;
  readonly seenOn: string;
  readonly confidence: string;
  readonly reason: string;
}

/** The fields that something can be wrong with. */
type DraftField = Exclude<keyof PriceDraft, "begins">;
export type DraftErrors = Partial<Record<DraftField, string>>;

/** What the API is sent; amounts are nano-USD as strings. */
export interface PriceBody {
  readonly meter: string;
  readonly provider: string;
  readonly model: string;
  readonly nanoUsd: string;
  readonly perUnits: number;
  /** Left out: from the moment it is added. */
  readonly effectiveFrom?: string;
  readonly source: string;
  readonly seenOn: string;
  readonly confidence: string;
  readonly reason?: string;
}

const scales = [1n, 1_000n, 1_000_000n, 1_000_000_000n];
const nanoPerCent = 10_000_000n;
const longestReason = 500;

const wrong: Readonly<Record<DraftField, string>> = {
  meter: "Choose what is counted",
  provider: "Who is paid, in 1 to 60 characters",
  model: "A model in 1 to 200 characters, or * for all",
  dollars: "An amount in dollars, to nine decimals: 0.02. For a finer price, price more units",
  perUnits: "A whole number of units, from 1 on: 1,000,000",
  at: "A date and a time",
  source: "Where it was read, in 1 to 500 characters",
  seenOn: "The day on which it was read",
  confidence: "Choose how sure it is",
  reason: `At most ${longestReason} characters`,
};
const offQuarter = "A price that begins in the past begins on a quarter hour: 12:00, 12:15, …";

/** The API's names of the fields whose names here are others. */
const fieldNames: Readonly<Record<string, DraftField>> = { nanoUsd: "dollars", effectiveFrom: "at" };

/** The form for a price of something new. Pure. */
export function emptyDraft(now: Date): PriceDraft {
  return {
    ...{ meter: "", provider: "", model: "*", dollars: "", perUnits: "1,000,000", begins: "now", at: "" },
    ...{ source: "", seenOn: now.toISOString().slice(0, 10), confidence: "high", reason: "" },
  };
}

/** The form with a price in it, as people would quote it. Pure. */
export function draftOf(price: PriceView, now: Date): PriceDraft {
  const { nanoUsd, perUnits } = quoteOf(BigInt(price.nanoUsd), BigInt(price.perUnits));
  return {
    ...emptyDraft(now),
    meter: price.meter,
    provider: price.provider,
    model: price.model,
    dollars: dollarsAsTyped(nanoUsd),
    perUnits: perUnits.toLocaleString("en-US"),
    begins: "same",
    source: price.source,
  };
}

/** The same price for a thousand, a million or a billion units, whichever first is a cent or more. */
function quoteOf(nanoUsd: bigint, perUnits: bigint): { nanoUsd: bigint; perUnits: bigint } {
  if (perUnits !== 1n || nanoUsd === 0n) return { nanoUsd, perUnits };
  const scale = scales.find((by) => nanoUsd * by >= nanoPerCent) ?? 1n;
  return { nanoUsd: nanoUsd * scale, perUnits: scale };
}

/**
 * What the form asks the API for, or what is wrong with which field; by the API's own schema. Pure.
 * @param sameFrom when the price began that is corrected; null where none is
 */
export function readDraft(
  draft: PriceDraft,
  sameFrom: string | null,
  now: Date,
): { body: PriceBody } | { errors: DraftErrors } {
  const errors: DraftErrors = {};
  const amount = amountOf(draft, errors);
  const from = beginOf(draft, sameFrom, errors);
  const parsed = newPriceSchema.safeParse({
    ...draft,
    nanoUsd: amount.nanoUsd.toString(),
    perUnits: amount.perUnits,
    effectiveFrom: from ?? now,
  });
  for (const issue of parsed.error?.issues ?? []) {
    const field = draftField(String(issue.path[0]));
    if (field !== null) errors[field] ??= wrong[field];
  }
  const reason = draft.reason.trim();
  if (reason.length > longestReason) errors.reason = wrong.reason;
  if (parsed.success && from !== null && !beginsWell(parsed.data, now)) errors.at ??= offQuarter;
  if (!parsed.success || Object.keys(errors).length > 0) return { errors };
  const { provider, model, source, seenOn, confidence, meter, perUnits } = parsed.data;
  return {
    body: {
      ...{ meter, provider, model, nanoUsd: parsed.data.nanoUsd.toString(), perUnits },
      ...(from !== null && { effectiveFrom: from }),
      ...{ source, seenOn, confidence },
      ...(reason !== "" && { reason }),
    },
  };
}

/** What the API says of a refused price at the fields it says it of; `rest` is about none of them. Pure. */
export function refusedFields(details: Readonly<Record<string, unknown>>): {
  errors: DraftErrors;
  rest: boolean;
} {
  const errors: DraftErrors = {};
  let rest = Object.keys(details).length === 0;
  for (const [name, said] of Object.entries(details)) {
    const field = draftField(name);
    if (field === null) rest = true;
    else errors[field] = String(said);
  }
  return { errors, rest };
}

/** In lowest terms: a price for one unit is rounded by nobody. */
function amountOf(draft: PriceDraft, errors: DraftErrors): { nanoUsd: bigint; perUnits: number } {
  const nanoUsd = parseDollars(draft.dollars);
  const digits = draft.perUnits.replace(/[\s,_]/g, "");
  const per = /^\d{1,16}$/.test(digits) ? BigInt(digits) : 0n;
  if (nanoUsd === null) errors.dollars = wrong.dollars;
  if (per === 0n || per > BigInt(Number.MAX_SAFE_INTEGER)) errors.perUnits = wrong.perUnits;
  if (nanoUsd === null || errors.perUnits !== undefined) return { nanoUsd: 0n, perUnits: 1 };
  const common = commonDivisor(nanoUsd, per);
  return { nanoUsd: nanoUsd / common, perUnits: Number(per / common) };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}

/** Null: from the moment it is added. */
function beginOf(draft: PriceDraft, sameFrom: string | null, errors: DraftErrors): string | null {
  if (draft.begins === "now") return null;
  if (draft.begins === "same" && sameFrom !== null) return sameFrom;
  const at = new Date(`${draft.at}Z`);
  if (draft.at !== "" && !Number.isNaN(at.getTime())) return at.toISOString();
  errors.at = wrong.at;
  return null;
}

function draftField(name: string): DraftField | null {
  return isField(name) ? name : (fieldNames[name] ?? null);
}

function isField(name: string): name is DraftField {
  return name in wrong;
}
