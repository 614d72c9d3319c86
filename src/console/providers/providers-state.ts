import { parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { breakerProviders } from "../../db/breaker-states.ts";
import { liveRanges } from "../dashboards/shown-time.model.ts";

/** The state of the page that stands in the address. */
export const providersState = {
  /** Which provider is looked into; null: the one that is out, or the first. */
  provider: parseAsStringLiteral(breakerProviders),
  range: parseAsStringLiteral(liveRanges).withDefault("1h"),
  /** Both ends of a span that was chosen; it then takes the place of the range. */
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  /** Where the page of changes begins. */
  cursor: parseAsString,
};
