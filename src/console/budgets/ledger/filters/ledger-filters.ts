import { parseAsBoolean, parseAsNativeArrayOf, parseAsString } from "nuqs/server";

/**
 * The filters of the ledger as they stand in the address: the names and forms of the API's own, so that the query
 * which comes with a figure opens its entries. What is no filter is left to the API to refuse, not left out here.
 */
export const ledgerFilters = {
  /** A slug; `-` for what belongs to no project. */
  project: parseAsString,
  file: parseAsString,
  run: parseAsString,
  attempt: parseAsString,
  step: parseAsNativeArrayOf(parseAsString),
  meter: parseAsNativeArrayOf(parseAsString),
  provider: parseAsNativeArrayOf(parseAsString),
  model: parseAsNativeArrayOf(parseAsString),
  waste: parseAsNativeArrayOf(parseAsString),
  estimated: parseAsBoolean.withDefault(false),
  adjusting: parseAsBoolean.withDefault(false),
  unreserved: parseAsBoolean.withDefault(false),
  /** ISO 8601: from the one on, before the other. */
  from: parseAsString,
  to: parseAsString,
};

/** Where on the list one is; in the address too, but no filter. */
export const ledgerPlace = {
  /** Where the page begins, as the API gave it; null: at the newest. */
  cursor: parseAsString,
  /** The entry that is unfolded. */
  entry: parseAsString,
};

/** Filters that have one value or none. */
export const singleKeys = ["project", "file", "run", "attempt", "from", "to"] as const;
/** Filters that have any number of values. */
export const listKeys = ["step", "meter", "provider", "model", "waste"] as const;
/** Filters that are on or off. */
export const markKeys = ["estimated", "adjusting", "unreserved"] as const;

export type ListKey = (typeof listKeys)[number];
export type MarkKey = (typeof markKeys)[number];

/** Which entries are asked for. */
export type LedgerFilters = Readonly<Record<(typeof singleKeys)[number], string | null>> &
  Readonly<Record<ListKey, readonly string[]>> &
  Readonly<Record<MarkKey, boolean>>;

/** What changes; the rest stays. */
export type FilterChange = Partial<{
  [Key in keyof LedgerFilters]: LedgerFilters[Key] extends readonly string[] ? string[] : LedgerFilters[Key];
}>;

/** No filter at all. */
export const everyEntry: LedgerFilters = {
  ...{ project: null, file: null, run: null, attempt: null, from: null, to: null },
  ...{ step: [], meter: [], provider: [], model: [], waste: [] },
  ...{ estimated: false, adjusting: false, unreserved: false },
};
