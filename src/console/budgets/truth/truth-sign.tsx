import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconInfoCircle,
} from "@tabler/icons-react";
import type { TruthLine } from "../../../costs/truth/truth-view.ts";
import classes from "./truth-list.module.css";

const icons = {
  agrees: IconCircleCheckFilled,
  explained: IconInfoCircle,
  unexplained: IconAlertTriangle,
  unasked: IconCircleDashed,
} as const;

/** What has come of holding a line against its meter; a shape of its own for each. */
export function TruthSign({ state, word }: { state: TruthLine["state"]; word: string }) {
  const Icon = icons[state];
  return (
    <span className={classes.sign} data-state={state}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {word}
    </span>
  );
}
