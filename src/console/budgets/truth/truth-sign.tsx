import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconInfoCircle,
} from "@tabler/icons-react";
import type { TruthLine } from "../../../costs/truth/truth-view.ts";
import { Mark, type MarkSigns } from "../../status/mark.tsx";

const signs: MarkSigns<TruthLine["state"]> = {
  agrees: { sign: IconCircleCheckFilled, tone: "good" },
  explained: { sign: IconInfoCircle, tone: "plain" },
  unexplained: { sign: IconAlertTriangle, tone: "bad" },
  unasked: { sign: IconCircleDashed, tone: "calm" },
};

/** What has come of holding a line against its meter. */
export function TruthSign({ state, word }: { state: TruthLine["state"]; word: string }) {
  return <Mark {...signs[state]}>{word}</Mark>;
}
