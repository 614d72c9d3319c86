"use client";

import { type HotkeyItem, useHotkeys } from "@mantine/hooks";
import { usePathname, useRouter } from "next/navigation";
import { palette } from "../find/palette.ts";
import { useTypedAhead } from "../find/typed-ahead.ts";
import { useUploads } from "../upload/uploads-context.ts";
import { lastUsed } from "../views/last-view.ts";
import { pageHotkeys, pressPageKey } from "./page-keys.ts";
import { moveFocus } from "./row-focus.ts";
import { useGoKeys } from "./use-go-keys.ts";

/** The keys that work on every page; they rest while a field has the focus. */
export function KeyBindings({ onShowKeys }: { onShowKeys: () => void }) {
  const { chooseFiles } = useUploads();
  const router = useRouter();
  const page = usePathname();
  // First of all: what is typed for the palette is no key of anything else.
  useTypedAhead();
  useGoKeys();
  useHotkeys([
    ["/", () => focusSearchField() || palette.open()],
    ["j", () => moveFocus(1)],
    ["k", () => moveFocus(-1)],
    ["u", chooseFiles],
    ["v", openLastView],
    ["shift+?", onShowKeys],
    ...pageHotkeys.map((key): HotkeyItem => [key, (event) => !isElsewhere(event) && pressPageKey(key)]),
  ]);
  // In fields too.
  useHotkeys([["mod+K", palette.toggle]], []);
  return null;
  function openLastView() {
    const href = lastUsed(page);
    if (href !== null) router.push(href);
  }
}

/** True for a key that is pressed in a dialog or a menu: it is not the page's. */
function isElsewhere({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=menu], [role=listbox]") !== null;
}

/** True when the page has a search field, which then has the focus. */
function focusSearchField(): boolean {
  const field = document.querySelector<HTMLInputElement>("input[data-search-field]");
  field?.focus();
  field?.select();
  return field !== null;
}
