import { useWindowEvent } from "@mantine/hooks";
import type { WaterfallState } from "./use-waterfall.ts";

/** The keys that zoom, move along the time line and step through the hits; on the whole page, save in a field. */
export function useTraceKeys(state: WaterfallState, onStep: (by: 1 | -1) => void): void {
  useWindowEvent("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!isElsewhere(event.target) && act(event.key)) event.preventDefault();
  });
  function act(key: string): boolean {
    const { window } = state;
    if (key === "+" || key === "=" || key === "w") state.zoomBy(0.5);
    else if (key === "-" || key === "s") state.zoomBy(2);
    else if (key === "a") window.pan(-0.25);
    else if (key === "d") window.pan(0.25);
    else if (key === "f") state.fit();
    else if (key === "0") window.reset();
    else if (key === "n") onStep(1);
    else if (key === "N") onStep(-1);
    else return false;
    return true;
  }
}

/** In a field keys are letters, and in a dialog or a menu they are its own. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]") !== null
  );
}
