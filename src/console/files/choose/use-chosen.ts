import { notifications } from "@mantine/notifications";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { type Chosen, mostChosen, toggleFile, togglePage, toggleRange } from "./chosen.model.ts";
import { chosenState } from "./chosen-state.ts";

/** Which files of the list are chosen, and how that changes. */
export interface Choosing extends Chosen {
  /** Switches a file; `range`: all from the one that was switched last. */
  toggle(id: string, range: boolean): void;
  togglePage(): void;
  chooseEvery(): void;
  clear(): void;
}

/** Keeps in the address which files are chosen. `page`: the ids of those that are listed, in their order. */
export function useChosen(page: readonly string[]): Choosing {
  const [{ chosen: ids, every }, setState] = useQueryStates(chosenState, { history: "replace" });
  const last = useRef<string | null>(null);
  function set(next: string[]) {
    if (next.length > mostChosen) {
      notifications.show({
        title: `No more than ${mostChosen} files one by one`,
        message: "Filter the list and choose all that match.",
      });
      return;
    }
    void setState({ chosen: next, every: null });
  }
  return {
    ids,
    every,
    toggle(id, range) {
      if (every) return;
      const from = last.current;
      last.current = id;
      set(range && from !== null ? toggleRange(ids, { page, from, to: id }) : toggleFile(ids, id));
    },
    togglePage: () => (every ? void setState(null) : set(togglePage(ids, page))),
    chooseEvery: () => void setState({ chosen: null, every: true }),
    clear: () => void setState(null),
  };
}
