import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockPause,
  IconMailForward,
  IconMailOff,
  IconPin,
  IconPlayerPauseFilled,
  IconPlayerPlay,
  IconSend2,
} from "@tabler/icons-react";
import type { QueueStep } from "../../triage/queue/queue-steps-view.ts";
import { logWord, stageWords } from "./queue.model.ts";
import classes from "./queue-mark.module.css";

const stageIcons = {
  running: IconPlayerPlay,
  sent: IconMailForward,
  unsent: IconMailOff,
  delayed: IconClockPause,
} as const;

const eventIcons = new Map([
  ["CREATED", { Icon: IconCircleDashed, tone: "calm" }],
  ["ACTIVE", { Icon: IconSend2, tone: "calm" }],
  ["RETRY", { Icon: IconClockPause, tone: "wait" }],
  ["ERROR", { Icon: IconCircleXFilled, tone: "wait" }],
  ["DELIVERED", { Icon: IconCircleCheckFilled, tone: "good" }],
  ["FAILED", { Icon: IconCircleXFilled, tone: "bad" }],
]);

/** Where a step's message is, as sign and word. */
export function StageMark({ stage }: { stage: QueueStep["stage"] }) {
  const Icon = stageIcons[stage];
  return (
    <span className={classes.mark} data-tone={stage === "unsent" ? "wait" : "calm"}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {stageWords[stage]}
    </span>
  );
}

/** What QStash logged, as sign and word. */
export function EventMark({ state }: { state: string }) {
  const { Icon, tone } = eventIcons.get(state) ?? { Icon: IconBan, tone: "calm" };
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {logWord(state)}
    </span>
  );
}

/** Whether something is held back by somebody, or goes on. */
export function PausedMark({ paused, goesOn }: { paused: boolean; goesOn: string }) {
  const Icon = paused ? IconPlayerPauseFilled : IconPlayerPlay;
  return (
    <span className={classes.mark} data-tone={paused ? "wait" : "calm"}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {paused ? "Paused" : goesOn}
    </span>
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
