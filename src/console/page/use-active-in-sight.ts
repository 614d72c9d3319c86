import { useEffect, useRef } from "react";

/** On a narrow screen the tabs are moved sideways, so that the one that is open is seen. The page stays where it is. */
export function useActiveInSight(tab: string) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab is what asks for it
  useEffect(() => {
    const active = list.current?.querySelector<HTMLElement>("[data-active]");
    if (!list.current || !active) return;
    const frame = list.current.getBoundingClientRect();
    const { left, right } = active.getBoundingClientRect();
    if (left < frame.left || right > frame.right)
      list.current.scrollLeft += left - frame.left - frame.width / 4;
  }, [tab]);
  return list;
}
