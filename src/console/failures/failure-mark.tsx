import {
  IconAlertTriangleFilled,
  IconBellOff,
  IconCircleCheckFilled,
  IconCircleXFilled,
} from "@tabler/icons-react";
import type { FailureState } from "../../db/failure-states.ts";
import classes from "./failure-mark.module.css";
import { failureWords } from "./failure-words.ts";

const icons = {
  open: IconCircleXFilled,
  regressed: IconAlertTriangleFilled,
  ignored: IconBellOff,
  resolved: IconCircleCheckFilled,
} as const;

/** The state of a failure group as sign and word; each has a shape of its own, so that nobody needs the colour. */
export function FailureMark({ state }: { state: FailureState }) {
  const Icon = icons[state];
  return (
    <span className={classes.mark} data-state={state}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {failureWords[state]}
    </span>
  );
}
