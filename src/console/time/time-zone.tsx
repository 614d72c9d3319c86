"use client";

import { useLocalStorage } from "@mantine/hooks";
import { createContext, type ReactNode, useContext, useMemo } from "react";

/** Whose clock moments are shown by. */
export type TimeDisplay = "utc" | "local";

interface TimeChoice {
  readonly display: TimeDisplay;
  /** IANA name of the zone that it means. */
  readonly timeZone: string;
  readonly turn: () => void;
}

const TimeContext = createContext<TimeChoice | null>(null);

/** Lets a reader choose by whose clock all pages show moments; the browser remembers it. Ages stay ages. */
export function TimeProvider({ children }: { children: ReactNode }) {
  const [display, setDisplay] = useLocalStorage<TimeDisplay>({
    key: "waybill-time",
    defaultValue: "local",
  });
  const choice = useMemo(
    () => ({
      display,
      timeZone: display === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone,
      turn: () => setDisplay(display === "utc" ? "local" : "utc"),
    }),
    [display, setDisplay],
  );
  return <TimeContext value={choice}>{children}</TimeContext>;
}

/**
 * By whose clock moments are shown, and what turns that.
 * @throws TypeError outside of TimeProvider
 */
export function useTimeChoice(): TimeChoice {
  const choice = useContext(TimeContext);
  if (choice === null) throw new TypeError("useTimeChoice needs a TimeProvider above it.");
  return choice;
}
