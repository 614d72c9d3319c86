import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** The state of the price book that stands in the address. */
export const pricesState = {
  /** What is unfolded, as priceKey names it. */
  open: parseAsString,
  /** The dialog that is open: a price of something new, or another price of what is unfolded. */
  do: parseAsStringLiteral(["add", "change"] as const),
};
