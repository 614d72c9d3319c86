import type { Selection } from "../../../triage/plans/plan-view.ts";
import type { FilesFilters } from "../files-filters.ts";

/** So many files can be chosen one by one, as they stand in the address; more are named by a filter. */
export const mostChosen = 100;

/** Which files are chosen: these, or every one that the list's filter finds. */
export interface Chosen {
  readonly ids: readonly string[];
  readonly every: boolean;
}

/** What is chosen after one file was switched on or off. */
export function toggleFile(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

/** What is chosen after all files of the page from one to another were switched as the last of them is switched. */
export function toggleRange(
  ids: readonly string[],
  range: { readonly page: readonly string[]; readonly from: string; readonly to: string },
): string[] {
  const ends = [range.page.indexOf(range.from), range.page.indexOf(range.to)];
  const [first = 0, last = 0] = ends.toSorted((one, other) => one - other);
  if (first === -1) return toggleFile(ids, range.to);
  const between = range.page.slice(first, last + 1);
  return ids.includes(range.to) ? ids.filter((id) => !between.includes(id)) : union(ids, between);
}

/** What is chosen after the whole page was switched: on, unless all of it is on. */
export function togglePage(ids: readonly string[], page: readonly string[]): string[] {
  return pageIsChosen(ids, page) === "all" ? ids.filter((id) => !page.includes(id)) : union(ids, page);
}

/** How much of the page is chosen. */
export function pageIsChosen(ids: readonly string[], page: readonly string[]): "all" | "some" | "none" {
  const on = page.filter((id) => ids.includes(id)).length;
  if (on === 0) return "none";
  return on === page.length ? "all" : "some";
}

/** What a plan is made of. */
export function selectionOf({ ids, every }: Chosen, filters: FilesFilters): Selection {
  if (!every) return { kind: "files", files: [...ids] };
  const { project, status, q } = filters;
  return {
    kind: "filter",
    filter: {
      ...(project !== "" && { project }),
      ...(status.length > 0 && { status: [...status] }),
      ...(q !== "" && { q }),
    },
  };
}

function union(ids: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...ids, ...more])];
}
