"use client";

import { UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import classes from "./time-switch.module.css";
import { useTimeChoice } from "./time-zone.tsx";

/** Turns whether moments are shown in UTC or by the reader's own clock; the key t does it too. */
export function TimeSwitch() {
  const { display, turn } = useTimeChoice();
  useHotkeys([["t", turn]]);
  const [word, other] = display === "utc" ? ["UTC", "by your clock"] : ["Local", "in UTC"];
  return (
    <UnstyledButton
      className={classes.switch}
      aria-label={`${word} times; change`}
      data-hint={`${word} times: show them ${other} (t)`}
      onClick={turn}
    >
      {word}
    </UnstyledButton>
  );
}
