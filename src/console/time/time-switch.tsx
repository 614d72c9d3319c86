"use client";

import { Tooltip, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import classes from "./time-switch.module.css";
import { useTimeChoice } from "./time-zone.tsx";

/** Turns whether moments are shown in UTC or by the reader's own clock; the key t does it too. */
export function TimeSwitch() {
  const { display, turn } = useTimeChoice();
  useHotkeys([["t", turn]]);
  const [shown, other] = display === "utc" ? ["in UTC", "by your clock"] : ["by your clock", "in UTC"];
  return (
    <Tooltip label={`Times are ${shown}: show them ${other} (t)`}>
      <UnstyledButton className={classes.switch} onClick={turn} aria-label={`Times ${shown}; change`}>
        {display === "utc" ? "UTC" : "Local"}
      </UnstyledButton>
    </Tooltip>
  );
}
