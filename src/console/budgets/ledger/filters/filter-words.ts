import { wasteKinds } from "../../../../db/waste-kinds.ts";
import { wasteWords } from "../../waste-words.ts";
import type { ListKey, MarkKey } from "./ledger-filters.ts";

/** What the filters with several values are called. */
export const listWords: Readonly<Record<ListKey, string>> = {
  step: "Step",
  meter: "Meter",
  provider: "Provider",
  model: "Model",
  waste: "Waste",
};

/** What the filters are called that are on or off. */
export const markWords: Readonly<Record<MarkKey, string>> = {
  estimated: "Estimates",
  adjusting: "Corrections of a price",
  unreserved: "Not reserved",
};

/** A value of a filter in words: waste by its kind, `*` as what it stands for. Pure. */
export function valueWords(key: ListKey, value: string): string {
  if (key === "model" && value === "*") return "none";
  if (key !== "waste") return value;
  if (value === "any") return "any kind";
  if (value === "none") return "none";
  const kind = wasteKinds.find((each) => each === value);
  return kind === undefined ? value : wasteWords[kind].name;
}
