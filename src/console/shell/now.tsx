"use client";

import { useInterval } from "@mantine/hooks";
import { createContext, type ReactNode, useContext, useState } from "react";
import { systemClock } from "../../kernel/clock.ts";

const NowContext = createContext<Date | null>(null);

/** Gives all pages one time that moves on each second, so that ages and running durations agree. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(() => systemClock.now());
  useInterval(() => setNow(systemClock.now()), 1_000, { autoInvoke: true });
  return <NowContext value={now}>{children}</NowContext>;
}

/**
 * The current time, to the second.
 * @throws TypeError outside of NowProvider
 */
export function useNow(): Date {
  const now = useContext(NowContext);
  if (now === null) throw new TypeError("useNow needs a NowProvider above it.");
  return now;
}
