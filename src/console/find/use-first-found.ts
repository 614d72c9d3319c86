import { useEffect, useRef } from "react";
import type { FoundPlace } from "../../pipeline/find/found-view.ts";
import { palette, paletteStore } from "./palette.ts";

/** What the field tells of the reader's haste. */
interface Hurry {
  /** Enter was pressed: what is found first is opened when it comes. */
  ask(): void;
  /** Something else is looked for now. */
  forget(): void;
}

/**
 * Counts from the first place when an answer comes, so that the arrow keys go on from it; an Enter that was pressed
 * while the answer was still under way opens it at once.
 */
export function useFirstFound(
  places: readonly FoundPlace[],
  pending: boolean,
  open: (place: FoundPlace) => void,
): Hurry {
  const asked = useRef(false);
  const opener = useRef(open);
  opener.current = open;
  useEffect(() => {
    const [first] = places;
    if (first === undefined) return;
    paletteStore.updateState((state) => ({ ...state, selected: 0 }));
    if (!asked.current) return;
    asked.current = false;
    opener.current(first);
    palette.close();
  }, [places]);
  return {
    ask: () => {
      asked.current = pending;
    },
    forget: () => {
      asked.current = false;
    },
  };
}
