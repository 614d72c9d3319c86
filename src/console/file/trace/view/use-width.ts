import { type RefCallback, useCallback, useState } from "react";
import { flushSync } from "react-dom";

/**
 * The width of an element in px; 0 while there is none. What is laid out by it is never painted by a width that
 * the element no longer has, nor before there is one.
 * @returns the ref to give to the element, and the width
 */
export function useWidth<T extends HTMLElement>(): [RefCallback<T>, number] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: T | null) => {
    if (element === null) return undefined;
    const measure = () => setWidth(element.getBoundingClientRect().width);
    measure();
    const observer = new ResizeObserver(() => flushSync(measure));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
