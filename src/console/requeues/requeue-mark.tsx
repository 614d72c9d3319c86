import {
  IconBan,
  IconCircleCheckFilled,
  IconClockHour4,
  IconHandStop,
  IconPlayerPauseFilled,
  IconTestPipe,
} from "@tabler/icons-react";
import type { RequeueState } from "../../db/requeue-states.ts";
import { Mark, type MarkSigns } from "../status/mark.tsx";
import { requeueWords } from "./requeue-words.ts";

const signs: MarkSigns<RequeueState> = {
  scheduled: { sign: IconClockHour4, tone: "calm" },
  canary: { sign: IconTestPipe, tone: "live" },
  running: { sign: "ring", tone: "live" },
  paused: { sign: IconPlayerPauseFilled, tone: "wait" },
  stopped: { sign: IconHandStop, tone: "bad" },
  cancelled: { sign: IconBan, tone: "calm" },
  done: { sign: IconCircleCheckFilled, tone: "good" },
};

/** The state of a requeue. */
export function RequeueMark({ state }: { state: RequeueState }) {
  return <Mark {...signs[state]}>{requeueWords[state]}</Mark>;
}
