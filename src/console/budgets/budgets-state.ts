import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** What can be done about a budget, or about all of them: `new`. */
const deeds = ["raise", "release", "change", "remove", "new"] as const;
export type Deed = (typeof deeds)[number];

/** Which budgets the list shows. */
export const shownKinds = ["all", "holding", "alerted"] as const;
export type ShownKind = (typeof shownKinds)[number];

/** The state of the budgets page that stands in the address. */
export const budgetsState = {
  /** The budget that is open. */
  budget: parseAsString,
  /** The dialog that is open. */
  do: parseAsStringLiteral(deeds),
  project: parseAsString.withDefault(""),
  show: parseAsStringLiteral(shownKinds).withDefault("all"),
};
