import type { FilterChip } from "../../../list/filter-chips.tsx";
import { listWords, markWords, valueWords } from "./filter-words.ts";
import { type FilterChange, type LedgerFilters, listKeys, markKeys } from "./ledger-filters.ts";
import { filterMoment } from "./period.model.ts";

/**
 * The filters that are on, in the order of the controls; several values of one are several chips. Pure.
 * @param fileName of the file that is asked for, where it is known
 */
export function chipsOf(filters: LedgerFilters, fileName: string | null): FilterChip<FilterChange>[] {
  const { project, file, run, attempt, from, to } = filters;
  const chips: FilterChip<FilterChange>[] = [];
  const add = (name: string, value: string | null, without: FilterChange) =>
    chips.push({ key: `${name} ${value}`, name, value, without });
  if (file !== null) add("File", fileName ?? file, { file: null });
  if (run !== null) add("Run", run, { run: null });
  if (attempt !== null) add("Attempt", attempt, { attempt: null });
  if (project !== null) add("Project", project === "-" ? "none" : project, { project: null });
  if (from !== null) add("From", filterMoment(from), { from: null });
  if (to !== null) add("Before", filterMoment(to), { to: null });
  for (const key of listKeys)
    for (const value of filters[key])
      add(listWords[key], valueWords(key, value), { [key]: filters[key].filter((each) => each !== value) });
  for (const key of markKeys) if (filters[key]) add(markWords[key], null, { [key]: false });
  return chips;
}
