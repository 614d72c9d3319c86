import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockPause,
  IconMailForward,
  IconMailPause,
  IconPin,
  IconPlayerPauseFilled,
  IconPlayerPlay,
  IconSend2,
} from "@tabler/icons-react";
import type { QueueStep } from "../../triage/queue/queue-steps-view.ts";
import { Mark, type MarkSigns } from "../status/mark.tsx";
import { logWord, stageWords } from "./queue.model.ts";
import classes from "./queue-mark.module.css";

const stages: MarkSigns<QueueStep["stage"]> = {
  running: { sign: "ring", tone: "live" },
  sent: { sign: IconMailForward, tone: "plain" },
  unsent: { sign: IconMailPause, tone: "wait" },
  delayed: { sign: IconClockPause, tone: "plain" },
};

const events: Partial<MarkSigns<string>> = {
  CREATED: { sign: IconCircleDashed, tone: "plain" },
  ACTIVE: { sign: IconSend2, tone: "plain" },
  RETRY: { sign: IconClockPause, tone: "wait" },
  ERROR: { sign: IconAlertTriangle, tone: "wait" },
  DELIVERED: { sign: IconCircleCheckFilled, tone: "good" },
  FAILED: { sign: IconCircleXFilled, tone: "bad" },
};

/** Where a step's message is. */
export function StageMark({ stage }: { stage: QueueStep["stage"] }) {
  return <Mark {...stages[stage]}>{stageWords[stage]}</Mark>;
}

/** What QStash logged. */
export function EventMark({ state }: { state: string }) {
  return <Mark {...(events[state] ?? { sign: IconBan, tone: "calm" })}>{logWord(state)}</Mark>;
}

/** Whether something is held back by somebody, or goes on. */
export function PausedMark({ paused, goesOn }: { paused: boolean; goesOn: string }) {
  return paused ? (
    <Mark sign={IconPlayerPauseFilled} tone="wait">
      Paused
    </Mark>
  ) : (
    <Mark sign={IconPlayerPlay} tone="plain">
      {goesOn}
    </Mark>
  );
}

/** That limits were set by hand. */
export function PinMark({ text }: { text: string }) {
  return (
    <span className={classes.pin}>
      <IconPin size={14} stroke={1.75} aria-hidden="true" />
      {text}
    </span>
  );
}
