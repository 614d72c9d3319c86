import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { stepNames } from "../../pipeline/graph.ts";

/** The tabs of the file page. */
export const fileTabs = ["trace", "attempts", "costs", "pages", "chunks", "messages", "history"] as const;
export type FileTab = (typeof fileTabs)[number];

/** The state of the file page that stands in the address. */
export const fileState = {
  tab: parseAsStringLiteral(fileTabs).withDefault("trace"),
  /** The number of the run that is shown; null: the newest. */
  run: parseAsInteger,
  /** Attempts of this step alone. */
  step: parseAsStringLiteral(stepNames),
  /** The span whose details are open. */
  span: parseAsString,
  /** The page of the document that the pages begin with. */
  page: parseAsInteger,
  /** The message that is shown first. */
  message: parseAsString,
};
