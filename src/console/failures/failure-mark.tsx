import {
  IconAlertTriangleFilled,
  IconBellOff,
  IconCircleCheckFilled,
  IconCircleDot,
} from "@tabler/icons-react";
import type { FailureState } from "../../db/failure-states.ts";
import { Mark, type MarkSigns } from "../status/mark.tsx";
import { failureWords } from "./failure-words.ts";

const signs: MarkSigns<FailureState> = {
  open: { sign: IconCircleDot, tone: "bad" },
  regressed: { sign: IconAlertTriangleFilled, tone: "bad" },
  ignored: { sign: IconBellOff, tone: "calm" },
  resolved: { sign: IconCircleCheckFilled, tone: "good" },
};

/** The state of a failure group. */
export function FailureMark({ state }: { state: FailureState }) {
  return <Mark {...signs[state]}>{failureWords[state]}</Mark>;
}
