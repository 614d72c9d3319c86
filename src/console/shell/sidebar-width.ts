"use client";

import { useHotkeys, useLocalStorage, useMediaQuery } from "@mantine/hooks";

import { sidebarKept } from "./sidebar-script.tsx";

/** Whether the sidebar shows icons alone, and what turns that; the browser remembers it. The key [ turns it too. */
export function useSidebarWidth(): { icons: boolean; turn: () => void } {
  const [width, setWidth] = useLocalStorage<"icons" | "names">({ key: sidebarKept, defaultValue: "names" });
  // As in the style sheet: between a drawer and this there is room for icons alone.
  const roomy = useMediaQuery("(min-width: 75rem)", true);
  const turn = () => {
    const next = width === "icons" ? "names" : "icons";
    setWidth(next);
    document.documentElement.dataset.sidebar = next;
  };
  useHotkeys([["[", turn]]);
  return { icons: width === "icons" || !roomy, turn };
}
