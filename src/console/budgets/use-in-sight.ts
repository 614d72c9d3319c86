import { type RefObject, useEffect, useRef } from "react";

/** What the address names is scrolled to when its list appears; what is chosen later is in sight already. */
export function useInSight<Shown extends HTMLElement>(): RefObject<Shown | null> {
  const shown = useRef<Shown>(null);
  useEffect(() => shown.current?.scrollIntoView({ block: "center" }), []);
  return shown;
}
