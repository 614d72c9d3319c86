import { readLocalStorageValue } from "@mantine/hooks";
import type { SavedView } from "../../triage/views/view-view.ts";
import { viewHref } from "./view-href.ts";

const keyOf = (page: string) => `waybill-view:${page}`;

/** Remembers, in this browser, that a view was used last on its page. */
export function noteUsed(view: SavedView): void {
  try {
    window.localStorage.setItem(keyOf(view.page), JSON.stringify(viewHref(view)));
  } catch {
    // A browser that keeps nothing has no last view.
  }
}

/** Where the view leads that was used last on a page; null where none was. */
export function lastUsed(page: string): string | null {
  return readLocalStorageValue<string | null>({ key: keyOf(page), defaultValue: null });
}
