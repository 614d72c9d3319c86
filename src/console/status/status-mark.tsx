import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockHour4,
  IconPlayerPauseFilled,
} from "@tabler/icons-react";
import type { StepState } from "../../pipeline/files/file-view.ts";
import { Mark, type MarkSigns, Ring } from "./mark.tsx";
import { stateWords } from "./state-words.ts";
import classes from "./status-mark.module.css";

const signs: MarkSigns<StepState> = {
  waiting: { sign: IconCircleDashed, tone: "calm" },
  queued: { sign: IconClockHour4, tone: "calm" },
  running: { sign: "ring", tone: "live" },
  held: { sign: IconPlayerPauseFilled, tone: "wait" },
  succeeded: { sign: IconCircleCheckFilled, tone: "good" },
  failed: { sign: IconCircleXFilled, tone: "bad" },
  cancelled: { sign: IconBan, tone: "calm" },
};

/** The sign of a state alone. @param props.size in px */
export function StateIcon({ state, size = 14 }: { state: StepState; size?: number }) {
  const { sign: Sign, tone } = signs[state];
  if (Sign === "ring") return <Ring size={size} />;
  return <Sign className={classes.icon} data-tone={tone} size={size} stroke={1.75} aria-hidden="true" />;
}

/** The state of a file, a run or a step. */
export function StatusMark({ state }: { state: StepState }) {
  return <Mark {...signs[state]}>{stateWords[state]}</Mark>;
}
