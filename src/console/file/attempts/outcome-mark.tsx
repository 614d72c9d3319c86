import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconPlayerPauseFilled,
  IconRefresh,
  IconUnlink,
} from "@tabler/icons-react";
import type { AttemptView } from "../../../pipeline/files/file-view.ts";
import { Mark, type MarkSigns } from "../../status/mark.tsx";

type Outcome = AttemptView["outcome"];

const signs: MarkSigns<Outcome> = {
  running: { sign: "ring", tone: "live" },
  succeeded: { sign: IconCircleCheckFilled, tone: "good" },
  retry: { sign: IconRefresh, tone: "wait" },
  failed: { sign: IconCircleXFilled, tone: "bad" },
  held: { sign: IconPlayerPauseFilled, tone: "wait" },
  lost: { sign: IconUnlink, tone: "wait" },
};

const words: Readonly<Record<Outcome, string>> = {
  running: "Running",
  succeeded: "Succeeded",
  retry: "Failed, tried again",
  failed: "Failed for good",
  held: "Held",
  lost: "Lost: the worker stopped",
};

/** How an attempt ended. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  return <Mark {...signs[outcome]}>{words[outcome]}</Mark>;
}
