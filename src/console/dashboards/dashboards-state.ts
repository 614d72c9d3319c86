import { parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from "nuqs";
import { liveRanges } from "./shown-time.model.ts";

/** The state of the page that stands in the address. */
export const dashboardsState = {
  range: parseAsStringLiteral(liveRanges).withDefault("24h"),
  /** Both ends of a span that was chosen; it then takes the place of the range. */
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  /** The series that is shown alone: "costs/by-step/embed". */
  pick: parseAsString,
};
