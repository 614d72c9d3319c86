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
import { Mark, type MarkSigns } from "../status/mark.tsx";
import { reasonWords } from "./stuck.model.ts";

/** What nobody will carry on by itself is bad. */
const signs: MarkSigns<StuckReason> = {
  "not-delivered": { sign: IconMailQuestion, tone: "bad" },
  "lost-callback": { sign: IconMailOff, tone: "bad" },
  backoff: { sign: IconClockPause, tone: "plain" },
  "rate-limited": { sign: IconGauge, tone: "plain" },
  "held-by-budget": { sign: IconWallet, tone: "wait" },
  "held-by-provider": { sign: IconPlayerPauseFilled, tone: "wait" },
  "breaker-open": { sign: IconPlugConnectedX, tone: "wait" },
  "running-long": { sign: IconHourglass, tone: "plain" },
  "waiting-for-siblings": { sign: IconStack2, tone: "plain" },
};

/** Why a step does not go on. */
export function StuckMark({ reason }: { reason: StuckReason }) {
  return <Mark {...signs[reason]}>{reasonWords[reason]}</Mark>;
}
