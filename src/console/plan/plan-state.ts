import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { exclusions } from "../../db/requeue-states.ts";

/** The state of a plan's page that stands in the address. */
export const planState = {
  /** Whose files are listed: those left out for a reason; null: all. */
  excluded: parseAsStringLiteral(exclusions),
  /** Where the page of files begins. */
  cursor: parseAsString,
};
