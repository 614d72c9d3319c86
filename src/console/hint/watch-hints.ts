const hinted = "[data-hint], time[datetime]";

/**
 * Tells which element of a document has its hint asked for: one that a mouse points at, one that the keyboard has
 * reached, or one that was touched and cannot be pressed. Escape, a press and leaving it end that.
 * @param onHint called with the element; with null when no hint is asked for any more
 * @returns what stops watching
 */
export function watchHints(document: Document, onHint: (element: HTMLElement | null) => void): () => void {
  const watch = new AbortController();
  const on = <K extends keyof DocumentEventMap>(type: K, act: (event: DocumentEventMap[K]) => void) =>
    document.addEventListener(type, act, { signal: watch.signal, capture: true });

  on("pointerover", ({ pointerType, target, relatedTarget }) => {
    const element = hintedOf(target);
    if (pointerType === "mouse" && element !== hintedOf(relatedTarget)) onHint(element);
  });
  on("pointerdown", ({ pointerType, target }) => {
    const element = hintedOf(target);
    const refuses = element?.getAttribute("aria-disabled") === "true";
    onHint(pointerType !== "mouse" && refuses ? element : null);
  });
  on("focusin", ({ target }) => {
    if (target instanceof Element && target.matches(":focus-visible")) onHint(hintedOf(target));
  });
  on("focusout", () => onHint(null));
  on("keydown", ({ key }) => {
    if (key === "Escape") onHint(null);
  });
  return () => watch.abort();
}

function hintedOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(hinted) : null;
}
