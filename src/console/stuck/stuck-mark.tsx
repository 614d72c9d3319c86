import {
  IconClockPause,
  IconGauge,
  IconHourglass,
  IconMailOff,
  IconMailQuestion,
  IconPlayerPauseFilled,
  IconPlugConnectedX,
  IconStack2,
  IconWallet,
} from "@tabler/icons-react";
import type { StuckReason } from "../../db/stuck-states.ts";
import { reasonWords } from "./stuck.model.ts";
import classes from "./stuck-mark.module.css";

const icons = {
  "not-delivered": IconMailQuestion,
  "lost-callback": IconMailOff,
  backoff: IconClockPause,
  "rate-limited": IconGauge,
  "held-by-budget": IconWallet,
  "held-by-provider": IconPlayerPauseFilled,
  "breaker-open": IconPlugConnectedX,
  "running-long": IconHourglass,
  "waiting-for-siblings": IconStack2,
} as const;

/** Why a step does not go on, as sign and word; each has a shape of its own, so that nobody needs the colour. */
export function StuckMark({ reason }: { reason: StuckReason }) {
  const Icon = icons[reason];
  return (
    <span className={classes.mark} data-reason={reason}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {reasonWords[reason]}
    </span>
  );
}
