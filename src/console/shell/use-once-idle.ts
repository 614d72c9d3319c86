import { useEffect, useState } from "react";

/** The longest that what comes later waits, in ms, in a browser that always has something to do. */
const longestWaitMs = 1_500;

/**
 * False while a page is first shown, true once the browser has nothing to do: what nobody sees before they ask for it
 * (dialogs, the palette, notes) is loaded then, and does not delay the first words.
 */
export function useOnceIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const settle = () => setIdle(true);
    if (typeof requestIdleCallback === "undefined") return settle();
    const handle = requestIdleCallback(settle, { timeout: longestWaitMs });
    return () => cancelIdleCallback(handle);
  }, []);
  return idle;
}
