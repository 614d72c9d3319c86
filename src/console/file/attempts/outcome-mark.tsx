import type { AttemptView, StepState } from "../../../pipeline/files/file-view.ts";
import { StateIcon } from "../../status/status-mark.tsx";
import classes from "./outcome-mark.module.css";

const meanings: Readonly<Record<AttemptView["outcome"], { word: string; sign: StepState; tone: string }>> = {
  running: { word: "Running", sign: "running", tone: "plain" },
  succeeded: { word: "Succeeded", sign: "succeeded", tone: "plain" },
  retry: { word: "Failed, tried again", sign: "failed", tone: "wait" },
  failed: { word: "Failed for good", sign: "failed", tone: "bad" },
  held: { word: "Held", sign: "held", tone: "wait" },
  lost: { word: "Lost: the worker stopped", sign: "cancelled", tone: "wait" },
};

/** How an attempt ended, as sign and words. */
export function OutcomeMark({ outcome }: { outcome: AttemptView["outcome"] }) {
  const { word, sign, tone } = meanings[outcome];
  return (
    <span className={classes.outcome} data-tone={tone}>
      <StateIcon state={sign} />
      {word}
    </span>
  );
}
