import {
  IconBan,
  IconCircleCheckFilled,
  IconClockHour4,
  IconHandStop,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconTestPipe,
} from "@tabler/icons-react";
import type { RequeueState } from "../../db/requeue-states.ts";
import classes from "./requeue-mark.module.css";
import { requeueWords } from "./requeue-words.ts";

const icons = {
  scheduled: IconClockHour4,
  canary: IconTestPipe,
  running: IconPlayerPlayFilled,
  paused: IconPlayerPauseFilled,
  stopped: IconHandStop,
  cancelled: IconBan,
  done: IconCircleCheckFilled,
} as const;

/** The state of a requeue as sign and word; each has a shape of its own, so that nobody needs the colour. */
export function RequeueMark({ state }: { state: RequeueState }) {
  const Icon = icons[state];
  return (
    <span className={classes.mark} data-state={state}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {requeueWords[state]}
    </span>
  );
}
