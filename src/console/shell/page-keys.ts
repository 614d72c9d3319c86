import { notifications } from "@mantine/notifications";
import { useEffect, useId } from "react";

/** The keys that a page may have of its own; the shell listens for them. */
export const pageHotkeys = ["r", "x", "shift+x", "z", "p"] as const;

/** A key of a page. */
export interface PageKey {
  readonly hotkey: (typeof pageHotkeys)[number];
  /** What it does, for the help of keys. */
  readonly does: string;
  /** Why it does nothing for who looks, as a sentence; null where it does. */
  readonly refusal?: string | null;
  /** True when there is something on which it can act now; without it there always is. */
  readonly ready?: () => boolean;
  readonly press: () => void;
}

const known = new Map<string, readonly PageKey[]>();

/** Gives the page keys as long as the caller is shown. */
export function usePageKeys(keys: readonly PageKey[]): void {
  const id = useId();
  useEffect(() => {
    known.set(id, keys);
  });
  useEffect(() => () => void known.delete(id), [id]);
}

/** The keys that what is shown now has of its own. */
export function keysOfPage(): readonly PageKey[] {
  return [...known.values()].flat();
}

/** Which of several keys of the same name is meant: one that has something to act on before one that always has. Pure. */
export function keyMeant(keys: readonly PageKey[], hotkey: string): PageKey | undefined {
  const named = keys.filter((key) => key.hotkey === hotkey);
  return (
    named.find(({ ready }) => ready?.() === true) ??
    named.find(({ ready }) => ready === undefined) ??
    named[0]
  );
}

/** Does what the page has the key for, or says why it does not. */
export function pressPageKey(hotkey: (typeof pageHotkeys)[number]): void {
  const key = keyMeant(keysOfPage(), hotkey);
  if (key === undefined) return;
  if (typeof key.refusal === "string") notifications.show({ title: key.does, message: key.refusal });
  else if (key.ready?.() === false)
    notifications.show({ title: key.does, message: "Go to a row first, with j and k." });
  else key.press();
}
