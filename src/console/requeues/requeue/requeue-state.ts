import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { requeueOutcomes } from "../../../db/requeue-states.ts";

/** The state of a requeue's page that stands in the address. */
export const requeueState = {
  /** Whose files are listed: those with this outcome; null: all. */
  outcome: parseAsStringLiteral(requeueOutcomes),
  /** Where the page of files begins. */
  cursor: parseAsString,
};
