import { parseAsArrayOf, parseAsBoolean, parseAsString } from "nuqs/server";

/** What is chosen in the list of files, as it stands in the address. */
export const chosenState = {
  chosen: parseAsArrayOf(parseAsString).withDefault([]),
  /** True: every file that the filter finds is chosen. */
  every: parseAsBoolean.withDefault(false),
};
