import { useWindowEvent } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { type GoState, nextGo } from "./go-keys.ts";
import { placeOfKey } from "./places.ts";

const fields = "input, textarea, select, [contenteditable], [role=dialog]";

/** Lets `g` and a letter lead to a page, unless a field or a dialog has the focus. */
export function useGoKeys(): void {
  const router = useRouter();
  const state = useRef<GoState>({ armedAtMs: null });
  // Before the page hears it: the letter that leads away is not also a key of the page.
  useWindowEvent("keydown", go, true);
  function go(event: KeyboardEvent) {
    const within = event.target instanceof Element && event.target.closest(fields) !== null;
    const other = within || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const next = nextGo(state.current, other ? "" : event.key, event.timeStamp, placeOfKey);
    state.current = next.state;
    if (next.href === null) return;
    event.stopPropagation();
    router.push(next.href);
  }
}
