import { createParser, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ranges } from "./costs-span.model.ts";

/** What the chart tells costs apart by. */
export const dimensions = ["step", "meter", "model", "project"] as const;
export type Dimension = (typeof dimensions)[number];

const parseAsTime = createParser({
  parse: (text) => (Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString()),
  serialize: String,
});

/** The state of the costs page that stands in the address. */
export const costsState = {
  by: parseAsStringLiteral(dimensions).withDefault("step"),
  range: parseAsStringLiteral(ranges).withDefault("30d"),
  /** A span that was drawn over the chart; it goes before the range. */
  from: parseAsTime,
  to: parseAsTime,
  project: parseAsString.withDefault(""),
  step: parseAsString.withDefault(""),
  meter: parseAsString.withDefault(""),
  model: parseAsString.withDefault(""),
};

/** What the chart is narrowed to; "" where it is not. */
export type CostsFilter = Readonly<Record<Dimension, string>>;
