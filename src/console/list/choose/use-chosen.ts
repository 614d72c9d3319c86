import { notifications } from "@mantine/notifications";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { type Chosen, mostChosen, togglePage, toggleRange, toggleRow } from "./chosen.model.ts";
import { chosenState } from "./chosen-state.ts";

/** Which rows of a list are chosen, and how that changes. `Item`: what its rows are. */
export interface Choosing<Item> extends Chosen {
  /** What the rows are called, one of them and several. */
  readonly words: readonly [one: string, several: string];
  /** The ids on the page that can be chosen, in their order. */
  readonly page: readonly string[];
  /** What names a row among the chosen; null for one that cannot be chosen. */
  idOf(item: Item): string | null;
  /** What the row is called where it is chosen. */
  nameOf(item: Item): string;
  /** Switches a row; `range`: all from the one that was switched last. */
  toggle(id: string, range: boolean): void;
  togglePage(): void;
  chooseEvery(): void;
  clear(): void;
}

/** Keeps in the address which rows of a page's list are chosen. `items`: those that are listed, in their order. */
export function useChosen<Item>(
  items: readonly Item[],
  rows: Pick<Choosing<Item>, "words" | "idOf" | "nameOf">,
): Choosing<Item> {
  const [{ chosen: ids, every }, setState] = useQueryStates(chosenState, { history: "replace" });
  const last = useRef<string | null>(null);
  const page = items.map(rows.idOf).filter((id) => id !== null);
  function set(next: string[]) {
    if (next.length > mostChosen) {
      notifications.show({
        title: `No more than ${mostChosen} ${rows.words[1]} one by one`,
        message: "Narrow the list and choose all that match.",
      });
      return;
    }
    void setState({ chosen: next, every: null });
  }
  return {
    ...rows,
    ids,
    every,
    page,
    toggle(id, range) {
      if (every) return;
      const from = last.current;
      last.current = id;
      set(range && from !== null ? toggleRange(ids, { page, from, to: id }) : toggleRow(ids, id));
    },
    togglePage: () => (every ? void setState(null) : set(togglePage(ids, page))),
    chooseEvery: () => void setState({ chosen: null, every: true }),
    clear: () => void setState(null),
  };
}
