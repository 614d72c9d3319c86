import { parseAsArrayOf, parseAsString } from "nuqs/server";

/** What of the attempts stands in the address, besides the run, the tab and the step. */
export const attemptsState = {
  /** The ids of the attempts that are compared: two, or one while the other is still to be chosen. */
  compare: parseAsArrayOf(parseAsString, "~").withDefault([]),
};
