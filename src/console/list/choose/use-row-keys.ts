import { type PageKey, usePageKeys } from "../../shell/page-keys.ts";
import { focusedRow } from "../../shell/row-focus.ts";
import type { Choosing } from "./use-chosen.ts";

/** What r does for a list. */
export interface RowDeed<Item> {
  /** What it does, for the help of keys. */
  readonly does: string;
  /** Why it does nothing for who looks, as a sentence; null where it does. */
  readonly refusal: string | null;
  /** To the row that has the focus. */
  readonly row: (item: Item) => void;
  /** To what is chosen, where rows can be chosen. */
  readonly chosen?: () => void;
}

/** The keys of a list's rows: x chooses the one that has the focus, r puts it right, or what is chosen. */
export function useRowKeys<Item>(list: {
  /** What a row is called in the help of keys. */
  readonly word: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly choosing?: Choosing<Item>;
  readonly deed?: RowDeed<Item>;
}): void {
  const { word, items, keyOf, choosing, deed } = list;
  const focused = () => {
    const key = focusedRow();
    return items.find((item) => keyOf(item) === key);
  };
  const keys: PageKey[] = [];
  if (choosing !== undefined) {
    const toggle = (range: boolean) => {
      const item = focused();
      const id = item === undefined ? null : choosing.idOf(item);
      if (id !== null) choosing.toggle(id, range);
    };
    const ready = () => focused() !== undefined;
    keys.push(
      { hotkey: "x", does: `Choose the ${word} of the row`, ready, press: () => toggle(false) },
      { hotkey: "shift+x", does: "Choose all rows from the one before", ready, press: () => toggle(true) },
    );
  }
  if (deed !== undefined) {
    const some = () => deed.chosen !== undefined && isSome(choosing);
    keys.push({
      hotkey: "r",
      does: deed.does,
      refusal: deed.refusal,
      ready: () => some() || focused() !== undefined,
      press() {
        if (some()) return deed.chosen?.();
        const item = focused();
        if (item !== undefined) deed.row(item);
      },
    });
  }
  usePageKeys(keys);
}

function isSome(choosing: Pick<Choosing<never>, "ids" | "every"> | undefined): boolean {
  return choosing !== undefined && (choosing.every || choosing.ids.length > 0);
}
