import { parseAsArrayOf, parseAsBoolean, parseAsString } from "nuqs/server";

/** What is chosen in a page's list, as it stands in the address. */
export const chosenState = {
  chosen: parseAsArrayOf(parseAsString).withDefault([]),
  /** True: every row that the filter finds is chosen. */
  every: parseAsBoolean.withDefault(false),
};
