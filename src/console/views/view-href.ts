import type { SavedView } from "../../triage/views/view-view.ts";

/** What is a place in a list, or something open in it, and no part of a view. */
const passing = ["cursor", "chosen", "every", "do", "entry", "letters"];

/** The state of a page that a view keeps, from its address. Pure. */
export function viewQueryOf(search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of passing) parameters.delete(name);
  parameters.sort();
  return parameters.toString();
}

/** Where a view leads. */
export function viewHref({ page, query }: Pick<SavedView, "page" | "query">): string {
  return query === "" ? page : `${page}?${query}`;
}
