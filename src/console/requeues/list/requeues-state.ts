import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { requeueStates } from "../../../db/requeue-states.ts";

/** The state of the list that stands in the address. */
export const requeuesState = {
  /** None chosen: those in any state. */
  state: parseAsArrayOf(parseAsStringLiteral(requeueStates)).withDefault([]),
  cursor: parseAsString,
};
