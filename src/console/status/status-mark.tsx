import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockHour4,
  IconPlayerPauseFilled,
} from "@tabler/icons-react";
import type { StepState } from "../../pipeline/files/file-view.ts";
import { stateWords } from "./state-words.ts";
import classes from "./status-mark.module.css";

const icons = {
  waiting: IconCircleDashed,
  queued: IconClockHour4,
  held: IconPlayerPauseFilled,
  succeeded: IconCircleCheckFilled,
  failed: IconCircleXFilled,
  cancelled: IconBan,
} as const;

/** The sign of a state. It has a shape of its own for each, so that nobody needs the colour. */
export function StateIcon({ state, size = 14 }: { state: StepState; size?: number }) {
  if (state === "running") {
    return <span className={classes.ring} style={{ width: size, height: size }} aria-hidden="true" />;
  }
  const Icon = icons[state];
  return <Icon className={classes.icon} data-state={state} size={size} stroke={1.75} aria-hidden="true" />;
}

/** A state as sign and word. */
export function StatusMark({ state }: { state: StepState }) {
  return (
    <span className={classes.mark} data-state={state}>
      <StateIcon state={state} />
      {stateWords[state]}
    </span>
  );
}
