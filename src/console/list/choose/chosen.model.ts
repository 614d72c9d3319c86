/** So many rows can be chosen one by one, as they stand in the address; more are named by a filter. */
export const mostChosen = 100;

/** Which rows are chosen: these, or every one that the list's filter finds. */
export interface Chosen {
  readonly ids: readonly string[];
  readonly every: boolean;
}

/** What is chosen after one row was switched on or off. */
export function toggleRow(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

/** What is chosen after all rows of the page from one to another were switched as the last of them is switched. */
export function toggleRange(
  ids: readonly string[],
  range: { readonly page: readonly string[]; readonly from: string; readonly to: string },
): string[] {
  const ends = [range.page.indexOf(range.from), range.page.indexOf(range.to)];
  const [first = 0, last = 0] = ends.toSorted((one, other) => one - other);
  if (first === -1) return toggleRow(ids, range.to);
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

/** Which rows of a page are chosen, by their keys. */
export function selectedRows<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { ids, every, idOf }: Chosen & { readonly idOf: (item: Item) => string | null },
): Record<string, true> {
  const chosen = new Set(ids);
  const on = items.filter((item) => {
    const id = idOf(item);
    return id !== null && (every || chosen.has(id));
  });
  return Object.fromEntries(on.map((item) => [keyOf(item), true]));
}

function union(ids: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...ids, ...more])];
}
