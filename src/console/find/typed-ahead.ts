import { useEffect } from "react";
import { palette, paletteStore } from "./palette.ts";

/** Marks the palette's field. */
export const paletteField = { "data-palette-field": true } as const;

/** What was typed since the palette was opened; null while its field has the keyboard, and while it is closed. */
let ahead: string | null = null;

/** Types into the palette's field, which has the keyboard from now on, what was typed before it had. */
export function giveTypedAhead(field: HTMLInputElement): void {
  const text = ahead ?? "";
  ahead = null;
  if (text === "") return;
  field.setRangeText(text.slice(0, field.maxLength), 0, 0, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Keeps what is typed between the opening of the palette and the moment its field has the keyboard: its code may
 * still be on its way, and letters are keys of the page. Escape and Ctrl/Cmd+K call it off. Must be used before
 * whatever else hears keys ahead of the page.
 */
export function useTypedAhead(): void {
  useEffect(() => {
    const watch = new AbortController();
    const before = { capture: true, signal: watch.signal };
    let { opened } = paletteStore.getState();
    const forget = paletteStore.subscribe((state) => {
      if (state.opened !== opened) ahead = state.opened ? "" : null;
      opened = state.opened;
    });
    window.addEventListener("keydown", keepKey, before);
    window.addEventListener("paste", keepPaste, before);
    return () => {
      watch.abort();
      forget();
    };
  }, []);
}

function keepKey(event: KeyboardEvent): void {
  if (ahead === null || isInField(event) || isForBrowser(event)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  if (event.key === "Escape") palette.close();
  else ahead = typedWith(ahead, event.key);
}

function keepPaste(event: ClipboardEvent): void {
  if (ahead === null || isInField(event)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  // In one line, as a field takes it.
  ahead += pasted.replaceAll(/[\r\n]/g, "");
}

/** A text after one more key: a letter is added, Backspace takes the last one away, all else leaves it. Pure. */
export function typedWith(text: string, key: string): string {
  if (key === "Backspace") return Array.from(text).slice(0, -1).join("");
  return Array.from(key).length === 1 ? text + key : text;
}

/** True for what the browser, or the palette's own Ctrl/Cmd+K, does by a key. AltGr makes letters. */
function isForBrowser(event: KeyboardEvent): boolean {
  if (event.getModifierState("AltGraph")) return false;
  return event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
}

/** True for what is typed into the palette's field, which may still have the keyboard when it is opened again. */
function isInField({ target }: Event): boolean {
  return target instanceof Element && target.matches("[data-palette-field]");
}
