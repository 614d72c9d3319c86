import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { findingClasses } from "../../db/reconciliation-states.ts";

/** The state of the page that stands in the address. */
export const reconciliationState = {
  /** Which reconciliation is shown; null: the newest. */
  run: parseAsString,
  /** Whose findings are listed; null: those of all classes. */
  class: parseAsStringLiteral(findingClasses),
  /** Where the page of findings begins. */
  cursor: parseAsString,
  /** Where the page of dead letters begins. */
  letters: parseAsString,
};
